package io.patchbay.relay.openai;

import io.patchbay.accounts.Caller;
import io.patchbay.accounts.Callers;
import io.patchbay.foundation.problem.Problem;
import io.patchbay.foundation.seed.SeedAnswer;
import io.patchbay.relay.channel.Channels;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;
import java.util.List;
import java.util.Map;

/** {@code GET /v1/models} and {@code /v1/models/{id}}: what the caller's group may use. */
@Path("/models")
public final class ModelsResource {
    /** One entry, in the order of OpenAI's own fields. */
    private record Model(String id, String object, long created, String owned_by) {}

    private record ModelList(String object, List<Model> data) {}

    private final Channels channels;

    /** Creates the resource. */
    public ModelsResource(Channels channels) {
        this.channels = channels;
    }

    /** Lists the models. */
    @GET
    public Response list(@Context ContainerRequestContext request) {
        return SeedAnswer.json(new ModelList(
                "list",
                channels.models(group(request)).stream().map(this::model).toList()));
    }

    /** Returns one model; the id may contain slashes. */
    @GET
    @Path("/{id:.+}")
    public Response get(@PathParam("id") String id, @Context ContainerRequestContext request) {
        if (!channels.models(group(request)).contains(id)) {
            throw new Problem(
                    Problem.Kind.NOT_FOUND,
                    "The model '" + id + "' does not exist",
                    Map.of("code", "model_not_found", "param", "model"));
        }
        return SeedAnswer.json(model(id));
    }

    private Model model(String id) {
        return new Model(id, "model", channels.loadedAt().getEpochSecond(), "system");
    }

    private static String group(ContainerRequestContext request) {
        return Callers.of(request).map(Caller::group).orElse(Caller.ANONYMOUS_GROUP);
    }
}
