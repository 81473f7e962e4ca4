package io.patchbay.relay.profile;

import io.patchbay.accounts.AdminOnly;
import io.patchbay.accounts.AuditLog;
import io.patchbay.accounts.Callers;
import io.patchbay.foundation.problem.Problem;
import io.patchbay.kernel.ChannelFamilies;
import io.patchbay.kernel.ChannelTypes;
import io.patchbay.kernel.FamilyDescriptor;
import io.patchbay.kernel.Offered;
import io.patchbay.kernel.OfferedType;
import io.patchbay.relay.channel.Channel;
import io.patchbay.relay.channel.Channels;
import io.patchbay.spi.ChannelDescriptor;
import io.patchbay.spi.Text;
import io.patchbay.spi.json.Json;
import io.patchbay.spi.json.JsonArray;
import io.patchbay.spi.json.JsonException;
import io.patchbay.spi.json.JsonObject;
import io.patchbay.spi.json.JsonValue;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
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
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * {@code /admin/channel/profiles}: channel types as data. Shipped ones are read only; own ones are created, replaced
 * and removed, effective for the next call on every node. Refusals are problem documents.
 */
@Path("/admin/channel/profiles")
@Produces(MediaType.APPLICATION_JSON)
@AdminOnly
public final class ProfileAdminResource {
    private final Profiles profiles;
    private final ChannelTypes provided;
    private final ChannelFamilies families;
    private final Channels channels;
    private final AuditLog audit;
    private final ProfileCheck check;

    /**
     * Creates the resource.
     *
     * @param provided the channel types of plugins, without those of profiles
     */
    public ProfileAdminResource(
            Profiles profiles, ChannelTypes provided, ChannelFamilies families, Channels channels, AuditLog audit) {
        this.profiles = profiles;
        this.provided = provided;
        this.families = families;
        this.channels = channels;
        this.audit = audit;
        this.check = new ProfileCheck(families);
    }

    /** What a client sends: a profile and the family it is for. */
    private record Draft(String family, JsonObject body) {}

    /** Lists the families, and all profiles by id: those plugins brought along, and own ones. */
    @GET
    public Response list() {
        List<JsonValue> running = new ArrayList<>();
        List<JsonValue> all = new ArrayList<>();
        for (Offered<FamilyDescriptor> family : families.all()) {
            running.add(JsonObject.builder()
                    .put("id", family.id())
                    .put("name", text(family.descriptor().name()))
                    .put("plugin", family.pluginId())
                    .put("pluginVersion", family.pluginVersion())
                    .build());
            family.descriptor().profiles().forEach(body -> all.add(shipped(family.id(), body)));
        }
        profiles.all().forEach(profile -> all.add(own(profile)));
        return json(
                Response.ok(),
                JsonObject.builder()
                        .put("families", new JsonArray(running))
                        .put("profiles", new JsonArray(all))
                        .build());
    }

    /** Returns one profile; an own one with its revision as entity tag. */
    @GET
    @Path("/{id}")
    public Response one(@PathParam("id") String id) {
        Optional<StoredProfile> own = profiles.find(id);
        if (own.isPresent()) {
            return json(Response.ok().tag(Long.toString(own.get().revision())), own(own.get()));
        }
        for (Offered<FamilyDescriptor> family : families.all()) {
            for (JsonObject body : family.descriptor().profiles()) {
                if (id.equals(body.string("id"))) {
                    return json(Response.ok(), shipped(family.id(), body));
                }
            }
        }
        throw unknown(id);
    }

    /** Creates (201) or replaces (200) an own profile; with {@code If-Match} only at that revision. */
    @PUT
    @Path("/{id}")
    @Consumes(MediaType.APPLICATION_JSON)
    public Response put(
            @PathParam("id") String id,
            @HeaderParam("If-Match") @Nullable String ifMatch,
            byte[] body,
            @Context ContainerRequestContext request) {
        Draft draft = draft(body);
        refuseTaken(id);
        check.descriptor(id, draft.family(), draft.body());
        StoredProfile stored = profiles.put(id, draft.family(), draft.body(), revision(ifMatch));
        boolean created = stored.revision() == 1;
        audit.record(
                Callers.require(request).username(),
                created ? "channel.profile.create" : "channel.profile.update",
                "channel profile " + id,
                "revision " + stored.revision());
        return json(Response.status(created ? 201 : 200).tag(Long.toString(stored.revision())), own(stored));
    }

    /** Says what the profile would become, without storing it. */
    @POST
    @Path("/check")
    @Consumes(MediaType.APPLICATION_JSON)
    public Response check(byte[] body) {
        Draft draft = draft(body);
        String id = draft.body().string("id", "");
        ChannelDescriptor descriptor = check.descriptor(id, draft.family(), draft.body());
        refuseTaken(id);
        return json(
                Response.ok(),
                JsonObject.builder()
                        .put("id", id)
                        .put("family", draft.family())
                        .put("name", text(descriptor.name()))
                        .put("defaultEndpoint", descriptor.defaultEndpoint())
                        .put("models", JsonArray.ofStrings(descriptor.templateModels()))
                        .put("unmapped", JsonArray.ofStrings(descriptor.unmapped()))
                        .build());
    }

    /** Removes an own profile (204), unless channels use it (409). */
    @DELETE
    @Path("/{id}")
    public Response delete(
            @PathParam("id") String id,
            @QueryParam("force") @DefaultValue("false") boolean force,
            @Context ContainerRequestContext request) {
        if (profiles.find(id).isEmpty()) {
            throw unknown(id);
        }
        List<Channel> users = channels.all().stream()
                .filter(channel -> channel.type().equals(id))
                .toList();
        if (!users.isEmpty() && !force) {
            throw new Problem(
                    Problem.Kind.CONFLICT,
                    "Channels use the profile '" + id + "': "
                            + String.join(
                                    ", ", users.stream().map(Channel::name).toList())
                            + ". Change or remove them first, or add ?force=true.",
                    Map.of("channels", users.stream().map(Channel::id).toList()));
        }
        if (!profiles.delete(id)) {
            throw unknown(id);
        }
        audit.record(
                Callers.require(request).username(),
                "channel.profile.delete",
                "channel profile " + id,
                force && !users.isEmpty() ? "forced" : "");
        return Response.noContent().build();
    }

    private void refuseTaken(String id) {
        for (OfferedType type : provided.all()) {
            if (type.id().equals(id)) {
                throw Problem.conflict("The channel type '" + id + "' is provided by the plugin " + type.pluginId()
                        + ". Give the profile another id.");
            }
        }
    }

    private Draft draft(byte[] body) {
        JsonValue draft;
        try {
            draft = Json.parse(body);
        } catch (JsonException e) {
            throw Problem.badRequest("The body is not JSON: " + e.getMessage());
        }
        if (!(draft.get("body") instanceof JsonObject profile)) {
            throw Problem.badRequest(
                    "Expected a JSON object with the profile in \"body\" and, where several families run,"
                            + " the family's id in \"family\".");
        }
        return new Draft(check.family(draft.string("family")), profile);
    }

    private static @Nullable Long revision(@Nullable String ifMatch) {
        if (ifMatch == null || ifMatch.equals("*")) {
            return null;
        }
        try {
            return Long.valueOf(ifMatch.replace("\"", "").strip());
        } catch (NumberFormatException e) {
            throw Problem.badRequest("If-Match holds the revision of a profile, such as \"3\".");
        }
    }

    private static JsonObject shipped(String family, JsonObject body) {
        return JsonObject.builder()
                .put("id", body.string("id"))
                .put("family", family)
                .put("own", false)
                .put("body", body)
                .build();
    }

    private JsonObject own(StoredProfile profile) {
        return JsonObject.builder()
                .put("id", profile.id())
                .put("family", profile.family())
                .put("own", true)
                .put("state", state(profile))
                .put("revision", profile.revision())
                .put("createdAt", profile.createdAt().toString())
                .put("updatedAt", profile.updatedAt().toString())
                .put("body", profile.body())
                .build();
    }

    /** Returns whether calls reach it, and if not, why. */
    private String state(StoredProfile profile) {
        if (provided.all().stream().anyMatch(type -> type.id().equals(profile.id()))) {
            return "hidden";
        }
        boolean running = families.all().stream().anyMatch(family -> family.id().equals(profile.family()));
        return running ? "serving" : "family-missing";
    }

    private static JsonObject text(Text text) {
        JsonObject.Builder wordings = JsonObject.builder();
        text.byLanguage().forEach(wordings::put);
        return wordings.build();
    }

    private static Problem unknown(String id) {
        return Problem.notFound("There is no channel profile '" + id + "' of your own.");
    }

    private static Response json(Response.ResponseBuilder response, JsonObject value) {
        return response.entity(value.toBytes()).type(MediaType.APPLICATION_JSON).build();
    }
}
