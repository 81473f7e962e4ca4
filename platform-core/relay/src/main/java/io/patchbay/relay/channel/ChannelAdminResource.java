package io.patchbay.relay.channel;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.patchbay.accounts.AuditLog;
import io.patchbay.accounts.Callers;
import io.patchbay.foundation.json.Json;
import io.patchbay.foundation.problem.Problem;
import io.patchbay.foundation.seed.SeedAnswer;
import io.patchbay.kernel.ChannelTypes;
import io.patchbay.kernel.OfferedType;
import io.patchbay.spi.ChannelDescriptor;
import io.patchbay.spi.Text;
import io.patchbay.spi.config.ConfigField;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.List;
import java.util.Optional;

/** {@code /admin/channel/*} in the seed's shapes, and the channel types as data for the console's forms. */
@Path("/admin/channel")
@Produces(MediaType.APPLICATION_JSON)
public final class ChannelAdminResource {
    private final Channels channels;
    private final ChannelTypes types;
    private final AuditLog audit;

    /** Creates the resource. */
    public ChannelAdminResource(Channels channels, ChannelTypes types, AuditLog audit) {
        this.channels = channels;
        this.types = types;
        this.audit = audit;
    }

    /** Lists all channels. */
    @GET
    @Path("/list")
    public Response list() {
        ArrayNode data = Json.mapper().createArrayNode();
        channels.all().forEach(channel -> data.add(ChannelForm.write(channel)));
        return SeedAnswer.ok("data", data);
    }

    /** Returns one channel. */
    @GET
    @Path("/get/{id}")
    public Response get(@PathParam("id") long id) {
        Optional<Channel> channel = channels.find(id);
        ObjectNode answer = Json.mapper().createObjectNode();
        answer.put("status", channel.isPresent());
        answer.set("data", channel.map(ChannelForm::write).orElse(null));
        return SeedAnswer.json(answer);
    }

    /** Creates a channel. */
    @POST
    @Path("/create")
    public Response create(String body, @Context ContainerRequestContext request) {
        try {
            Channel created = channels.create(ChannelForm.read(form(body), null));
            record(request, "channel.create", created.id(), created.name());
            return SeedAnswer.ok(java.util.Map.of("error", "", "id", created.id()));
        } catch (IllegalArgumentException e) {
            return SeedAnswer.fail(reason(e));
        }
    }

    /** Replaces a channel; the id in the path wins. */
    @POST
    @Path("/update/{id}")
    public Response update(@PathParam("id") long id, String body, @Context ContainerRequestContext request) {
        JsonNode form = form(body);
        try {
            Optional<Channel> updated = channels.update(id, before -> ChannelForm.read(form, before));
            if (updated.isEmpty()) {
                return unknown();
            }
            record(request, "channel.update", id, updated.get().name());
            return SeedAnswer.ok("error", "");
        } catch (IllegalArgumentException e) {
            return SeedAnswer.fail(reason(e));
        }
    }

    /** Removes a channel (by GET, as the seed's clients do). */
    @GET
    @Path("/delete/{id}")
    public Response delete(@PathParam("id") long id, @Context ContainerRequestContext request) {
        return done(channels.delete(id), request, "channel.delete", id);
    }

    /** Switches a channel on. */
    @GET
    @Path("/activate/{id}")
    public Response activate(@PathParam("id") long id, @Context ContainerRequestContext request) {
        return done(channels.switchTo(id, true), request, "channel.activate", id);
    }

    /** Switches a channel off. */
    @GET
    @Path("/deactivate/{id}")
    public Response deactivate(@PathParam("id") long id, @Context ContainerRequestContext request) {
        return done(channels.switchTo(id, false), request, "channel.deactivate", id);
    }

    /** Lists the channel types the running plugins provide, with the fields of their forms. */
    @GET
    @Path("/types")
    public Response types() {
        ArrayNode data = Json.mapper().createArrayNode();
        types.all().forEach(type -> data.add(describe(type)));
        return SeedAnswer.ok("data", data);
    }

    private Response done(boolean existed, ContainerRequestContext request, String action, long id) {
        if (!existed) {
            return unknown();
        }
        record(request, action, id, "");
        return SeedAnswer.ok("error", "");
    }

    private static Response unknown() {
        return SeedAnswer.fail("channel not found");
    }

    private void record(ContainerRequestContext request, String action, long id, String detail) {
        audit.record(Callers.require(request).username(), action, "channel " + id, detail);
    }

    private static String reason(IllegalArgumentException e) {
        return e.getMessage() == null ? "invalid channel" : e.getMessage();
    }

    private static JsonNode form(String body) {
        try {
            JsonNode form = Json.mapper().readTree(body);
            if (form == null || !form.isObject()) {
                throw Problem.badRequest("expected a channel as a JSON object");
            }
            return form;
        } catch (JsonProcessingException e) {
            throw Problem.badRequest("the body is not JSON: " + e.getOriginalMessage());
        }
    }

    private static ObjectNode describe(OfferedType offered) {
        ChannelDescriptor descriptor = offered.descriptor();
        ObjectNode type = Json.mapper().createObjectNode();
        type.put("id", descriptor.id());
        type.set("name", text(descriptor.name()));
        type.set("description", text(descriptor.description()));
        type.put("defaultEndpoint", descriptor.defaultEndpoint());
        fields(type.putArray("secretParts"), descriptor.secretParts());
        fields(type.putArray("options"), descriptor.options());
        descriptor.templateModels().forEach(type.putArray("models")::add);
        descriptor.unmapped().forEach(type.putArray("unmapped")::add);
        type.put("logo", descriptor.logo());
        type.put("plugin", offered.pluginId());
        type.put("pluginVersion", offered.pluginVersion());
        return type;
    }

    private static void fields(ArrayNode into, List<ConfigField> fields) {
        for (ConfigField field : fields) {
            ObjectNode node = into.addObject();
            node.put("name", field.name());
            node.put("kind", field.kind().name());
            node.set("label", text(field.label()));
            node.set("hint", text(field.hint()));
            node.put("fallback", field.fallback());
            node.put("required", field.required());
            field.choices().forEach(node.putArray("choices")::add);
        }
    }

    private static ObjectNode text(Text text) {
        ObjectNode node = Json.mapper().createObjectNode();
        text.byLanguage().forEach(node::put);
        return node;
    }
}
