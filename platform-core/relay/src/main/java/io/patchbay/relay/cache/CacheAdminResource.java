package io.patchbay.relay.cache;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.patchbay.accounts.AdminOnly;
import io.patchbay.accounts.AuditLog;
import io.patchbay.accounts.Callers;
import io.patchbay.foundation.json.Json;
import io.patchbay.foundation.problem.Problem;
import io.patchbay.foundation.seed.SeedAnswer;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * {@code /admin/cache}: the response cache's settings, effective for the next call on every node, and what it holds on
 * this one. Refusals are problem documents.
 */
@Path("/admin/cache")
@Produces(MediaType.APPLICATION_JSON)
@AdminOnly
public final class CacheAdminResource {
    private static final String SUBJECT = "response cache";

    private final AnswerCache cache;
    private final AuditLog audit;

    /** Creates the resource. */
    public CacheAdminResource(AnswerCache cache, AuditLog audit) {
        this.cache = cache;
        this.audit = audit;
    }

    /** What a client sends; what is absent stays as it is. */
    private record Form(Optional<Set<String>> models, Optional<Integer> size, Optional<Long> expire) {
        CacheSettings over(CacheSettings before) {
            return new CacheSettings(
                    models.orElse(before.models()), size.orElse(before.size()), expire.orElse(before.expire()));
        }
    }

    /** Returns the settings, what is kept, and how often that answered a call of this node since its start. */
    @GET
    public Response state() {
        return SeedAnswer.json(json(cache.state()));
    }

    /**
     * Changes the settings and returns the same as {@link #state()}. A size of 0 or less means 1, an expiry of 0 or
     * less 3,600 seconds.
     */
    @PUT
    @Consumes(MediaType.APPLICATION_JSON)
    public Response change(byte[] body, @Context ContainerRequestContext request) {
        Form form = form(body);
        CacheSettings settings;
        try {
            settings = cache.change(form::over);
        } catch (IllegalArgumentException e) {
            throw Problem.badRequest(String.valueOf(e.getMessage()));
        }
        record(
                request,
                "cache.update",
                String.format(
                        Locale.ROOT,
                        "size %d, expire %d s, models: %s",
                        settings.size(),
                        settings.expire(),
                        String.join(", ", settings.models())));
        return state();
    }

    /** Forgets all answers, on every node, and returns the same as {@link #state()}. */
    @POST
    @Path("/clear")
    public Response clear(@Context ContainerRequestContext request) {
        cache.clear();
        record(request, "cache.clear", "");
        return state();
    }

    private void record(ContainerRequestContext request, String action, String detail) {
        audit.record(Callers.require(request).username(), action, SUBJECT, detail);
    }

    private static ObjectNode json(AnswerCache.State state) {
        CacheSettings settings = state.settings();
        ObjectNode json = Json.mapper().createObjectNode();
        settings.models().forEach(json.putArray("models")::add);
        return json.put("size", settings.size())
                .put("expire", settings.expire())
                .put("entries", state.entries())
                .put("bytes", state.bytes())
                .put("hits", state.hits())
                .put("misses", state.misses());
    }

    private static Form form(byte[] body) {
        JsonNode form;
        try {
            form = Json.mapper().readTree(new String(body, StandardCharsets.UTF_8));
        } catch (JsonProcessingException e) {
            throw Problem.badRequest("The body is not JSON: " + e.getOriginalMessage());
        }
        if (form == null || !form.isObject()) {
            throw Problem.badRequest("Expected the cache's settings as a JSON object: {\"models\": [names],"
                    + " \"size\": answers for each request, \"expire\": seconds}.");
        }
        return new Form(
                models(form.path("models")),
                number(form.path("size"), "size").map(value -> (int) Math.clamp(value, 0, Integer.MAX_VALUE)),
                number(form.path("expire"), "expire"));
    }

    private static Optional<Set<String>> models(JsonNode value) {
        if (value.isMissingNode()) {
            return Optional.empty();
        }
        if (!value.isArray()) {
            throw Problem.badRequest("models: expected a list of model names, found " + kind(value));
        }
        Set<String> names = new LinkedHashSet<>();
        for (JsonNode name : value) {
            if (!name.isTextual()) {
                throw Problem.badRequest("models: expected names as strings, found " + kind(name));
            }
            names.add(name.textValue().strip());
        }
        return Optional.of(names);
    }

    private static Optional<Long> number(JsonNode value, String field) {
        if (value.isMissingNode()) {
            return Optional.empty();
        }
        if (!value.isIntegralNumber() || !value.canConvertToLong()) {
            throw Problem.badRequest(
                    field + ": expected a whole number, found " + (value.isNumber() ? value.asText() : kind(value)));
        }
        return Optional.of(value.longValue());
    }

    private static String kind(JsonNode value) {
        return "a value of type " + value.getNodeType().name().toLowerCase(Locale.ROOT);
    }
}
