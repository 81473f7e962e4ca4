package io.patchbay.relay.openai;

import io.patchbay.accounts.Caller;
import io.patchbay.billing.admission.Admitted;
import io.patchbay.billing.admission.Wish;
import io.patchbay.dialects.openai.OpenAiChatCodec;
import io.patchbay.foundation.json.Json;
import io.patchbay.foundation.problem.Problem;
import io.patchbay.foundation.request.RequestContext;
import io.patchbay.foundation.request.RequestContextFilter;
import io.patchbay.foundation.seed.SeedAnswer;
import io.patchbay.relay.artifact.ArtifactDelivery;
import io.patchbay.relay.call.ChatOrder;
import io.patchbay.relay.call.RelayServices;
import io.patchbay.relay.call.RelayedVideo;
import io.patchbay.relay.call.VideoOrder;
import io.patchbay.relay.routing.CallThread;
import io.patchbay.relay.routing.Route;
import io.patchbay.relay.task.Task;
import io.patchbay.spi.task.Artifact;
import io.patchbay.spi.task.TaskPhase;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.container.AsyncResponse;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.Suspended;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * {@code POST /v1/videos}, {@code GET /v1/videos/{id}} and {@code /v1/videos/{id}/content}: videos of whatever model
 * makes them, as tasks. The order is answered as soon as an upstream has accepted it; the credits are held until the
 * video is made or has failed. Only its owner sees a video.
 *
 * <p>The state is that of the task's row, which is kept up to date whether or not somebody asks. What a client is given
 * is the file that is kept here, whole or in parts; for a video that its upstream serves to anybody, the client is sent
 * there.
 */
@Path("/videos")
public final class VideosResource {
    private static final String VIDEO = "video";

    private final RelayServices services;
    private final OpenAiChatCodec codec;
    private final ArtifactDelivery delivery;
    private final Intake intake;

    VideosResource(RelayServices services, OpenAiChatCodec codec, Intake intake) {
        this.services = services;
        this.codec = codec;
        this.delivery =
                new ArtifactDelivery(services.artifacts(), services.tasks().promisedFiles());
        this.intake = intake;
    }

    /** Orders a video by JSON or by a form. */
    @POST
    public void create(
            InputStream in,
            @Suspended AsyncResponse suspended,
            @Context ContainerRequestContext request,
            @Context HttpServletRequest servletRequest)
            throws IOException {
        Intake.Arrival arrival = intake.receive(in, request, servletRequest);
        Caller caller = arrival.caller();
        byte[] body = arrival.body();
        String type = RelayRequest.contentType(request);
        VideoRequests.Read read =
                RelayRequest.isForm(type) ? VideoRequests.form(FormBody.read(type, body)) : VideoRequests.json(body);
        String requestId = RequestContext.id(request);
        ChatOrder chat = new ChatOrder(
                requestId,
                caller,
                codec,
                read.chat(),
                read.model(),
                false,
                false,
                InputEstimate.of(read.prompt(), read.pictures(), read.model(), services.tokens()),
                0,
                RelayRequest.conversation(request),
                services.clock().instant());
        Route route = RelayRequest.route(services.router(), chat.model(), caller, CallThread.NONE);
        Admitted admitted = services.admission()
                .admit(new Wish(caller, chat.model(), chat.inputEstimate(), chat.maxOutput(), requestId));
        JettySink sink = new JettySink(servletRequest, Map.of(RequestContextFilter.HEADER, requestId));
        VideoOrder order =
                new VideoOrder(chat, read.unused(), task -> Json.bytes(VideoJson.write(task, read.prompt())));
        RelayedVideo.begin(services, order, admitted, sink, route);
    }

    /** Tells how a video stands. */
    @GET
    @Path("/{id}")
    public Response get(@PathParam("id") String id, @Context ContainerRequestContext request) {
        return SeedAnswer.json(VideoJson.write(owned(id, request), null));
    }

    /** Gives a finished video out, or the part of it that is asked for. */
    @GET
    @Path("/{id}/content")
    public Response content(
            @PathParam("id") String id,
            @QueryParam("variant") @Nullable String variant,
            @Context ContainerRequestContext request) {
        Task task = owned(id, request);
        if (!task.isFinal()) {
            throw new Problem(
                    Problem.Kind.CONFLICT,
                    "The video '" + id + "' is not ready yet, its status is "
                            + VideoJson.status(task.state().phase()) + ".",
                    Map.of("code", "video_not_ready"));
        }
        String url = product(task, variant)
                .orElseThrow(() -> missing("The video '" + id + "' has no content of that variant."))
                .url();
        return services.artifacts()
                .name(url)
                .map(name -> delivery.answer(name, request::getHeaderString))
                .orElseGet(() -> Response.status(Response.Status.FOUND)
                        .header("Location", url)
                        .build());
    }

    private static Optional<Artifact> product(Task task, @Nullable String variant) {
        List<Artifact> made = task.state().phase() == TaskPhase.SUCCEEDED
                ? task.state().artifacts().stream()
                        .filter(artifact -> !artifact.preview())
                        .toList()
                : List.of();
        boolean wanted = variant == null || variant.isEmpty() || variant.equals(VIDEO);
        return made.stream()
                .filter(artifact -> wanted && artifact.kind().equals(VIDEO))
                .findFirst();
    }

    private Task owned(String id, ContainerRequestContext request) {
        Caller caller = RelayRequest.caller(request);
        return VideoJson.taskId(id)
                .flatMap(services.tasks()::find)
                .filter(task -> task.origin().userId() == caller.userId())
                .orElseThrow(() -> missing("There is no video '" + id + "'."));
    }

    private static Problem missing(String detail) {
        return new Problem(Problem.Kind.NOT_FOUND, detail, Map.of("code", "video_not_found"));
    }
}
