package io.patchbay.relay.routing;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import io.patchbay.accounts.AuditLog;
import io.patchbay.accounts.Callers;
import io.patchbay.foundation.json.Json;
import io.patchbay.foundation.problem.Problem;
import io.patchbay.relay.channel.Channel;
import io.patchbay.relay.channel.Channels;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** How calls find their channel: the rules of the site, the health of all channels, and the reason of a choice. */
@Path("/admin/routing")
@Produces(MediaType.APPLICATION_JSON)
public final class RoutingResource {
    private final Routing routing;
    private final Channels channels;
    private final AuditLog audit;

    /** Creates the resource. */
    public RoutingResource(Routing routing, Channels channels, AuditLog audit) {
        this.routing = routing;
        this.channels = channels;
        this.audit = audit;
    }

    /** Returns the rules. */
    @GET
    public Response settings() {
        return json(routing.settings().current());
    }

    /** Replaces the rules; they count for the next call, on all nodes. A missing field keeps its value. */
    @PUT
    @Consumes(MediaType.APPLICATION_JSON)
    public Response change(byte[] body, @Context ContainerRequestContext request) {
        Map<String, Object> sent = fields(body);
        RoutingSettings stored = routing.settings().update(before -> merged(before, sent));
        audit.record(Callers.require(request).username(), "routing.update", "routing", stored.toString());
        return json(stored);
    }

    private static Map<String, Object> fields(byte[] body) {
        try {
            Map<String, Object> sent = Json.mapper().readValue(body, new TypeReference<>() {});
            if (sent != null) {
                return sent;
            }
        } catch (JsonProcessingException e) {
            throw Problem.badRequest("The body is not valid JSON: expected an object with the rules to change.");
        } catch (java.io.IOException e) {
            throw new IllegalStateException("reading from memory cannot fail", e);
        }
        throw Problem.badRequest("The body is empty: expected an object with the rules to change.");
    }

    private static RoutingSettings merged(RoutingSettings before, Map<String, Object> sent) {
        Map<String, Object> all = Json.mapper().convertValue(before, new TypeReference<>() {});
        sent.forEach((name, value) -> {
            if (!all.containsKey(name)) {
                throw Problem.badRequest(
                        "Unknown field \"" + name + "\": expected some of " + String.join(", ", all.keySet()) + ".");
            }
            all.put(name, value);
        });
        try {
            return Json.mapper().convertValue(all, RoutingSettings.class);
        } catch (IllegalArgumentException e) {
            throw Problem.badRequest(reason(e));
        }
    }

    /** The cause holds our own sentence; without one, a value has the wrong type. */
    private static String reason(IllegalArgumentException e) {
        for (Throwable cause = e.getCause(); cause != null; cause = cause.getCause()) {
            if (cause instanceof IllegalArgumentException own && own.getMessage() != null) {
                return own.getMessage();
            }
        }
        return "A field has a value of the wrong type: strategy is WEIGHT, LATENCY or COST, affinity true or false,"
                + " the others are whole numbers.";
    }

    /** Returns how all channels stand on this node. */
    @GET
    @Path("/health")
    public Response health() {
        return json(Map.of(
                "channels",
                channels.all().stream()
                        .map(channel -> HealthReport.of(channel, routing.health()))
                        .toList()));
    }

    /** Returns how a channel stands on this node. */
    @GET
    @Path("/health/{id}")
    public Response health(@PathParam("id") long id) {
        return json(HealthReport.of(channel(channels, id), routing.health()));
    }

    /** Forgets all rests of a channel and its keys. */
    @POST
    @Path("/health/{id}/revive")
    public Response revive(@PathParam("id") long id, @Context ContainerRequestContext request) {
        Channel channel = channel(channels, id);
        routing.health().revive(channel);
        audit.record(Callers.require(request).username(), "channel.revive", "channel " + id, channel.name());
        return json(HealthReport.of(channel, routing.health()));
    }

    /** {@code /admin/channel/{id}/explain}. */
    @Path("/admin/channel/{id}/explain")
    @Produces(MediaType.APPLICATION_JSON)
    public static final class ChannelExplainResource {
        private final Routing routing;
        private final Channels channels;

        /** Creates the resource. */
        public ChannelExplainResource(Routing routing, Channels channels) {
            this.routing = routing;
            this.channels = channels;
        }

        /**
         * Answers why a call goes where.
         *
         * @param model the model by its public name
         * @param group a user group, {@code null} for any
         */
        @GET
        public Response explain(
                @PathParam("id") long id,
                @QueryParam("model") @Nullable String model,
                @QueryParam("group") @Nullable String group) {
            if (model == null || model.isBlank()) {
                throw Problem.badRequest("Which model? Add ?model=<name>.");
            }
            return json(Explanation.of(
                    List.copyOf(channels.all()),
                    channel(channels, id),
                    model,
                    group == null || group.isBlank() ? null : group,
                    routing.settings().current().strategy(),
                    routing.health()));
        }
    }

    private static Channel channel(Channels channels, long id) {
        return channels.find(id).orElseThrow(() -> Problem.notFound("There is no channel #" + id + "."));
    }

    private static Response json(Object body) {
        return Response.ok(Json.bytes(body)).build();
    }
}
