package io.patchbay.kernel.admin;

import io.patchbay.foundation.json.Json;
import io.patchbay.foundation.problem.Problem;
import io.patchbay.kernel.Installed;
import io.patchbay.kernel.PluginEvents;
import io.patchbay.kernel.PluginKernel;
import io.patchbay.kernel.PluginRejected;
import io.patchbay.kernel.PluginStatus;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.sse.Sse;
import jakarta.ws.rs.sse.SseEventSink;
import java.io.InputStream;
import java.time.Duration;
import java.util.List;
import org.glassfish.jersey.media.multipart.FormDataContentDisposition;
import org.glassfish.jersey.media.multipart.FormDataParam;
import org.jspecify.annotations.Nullable;

/**
 * The operator's door to plugins, under {@code /admin/plugins}. Who may pass is decided in front of it.
 *
 * <p>Refusals are problem documents with the stable reason in the field {@code reason}: 422 for a jar that cannot run here, 409 for
 * a change that contradicts the present state, 404 for an unknown plugin, 413 for a jar over the bounds.
 */
@Path("/admin/plugins")
@Produces(MediaType.APPLICATION_JSON)
public final class PluginResource {
    private static final Duration HEARTBEAT = Duration.ofSeconds(12);

    private final PluginKernel kernel;
    private final Duration heartbeat;

    /** @param kernel what is operated */
    public PluginResource(PluginKernel kernel) {
        this(kernel, HEARTBEAT);
    }

    PluginResource(PluginKernel kernel, Duration heartbeat) {
        this.kernel = kernel;
        this.heartbeat = heartbeat;
    }

    /** Lists all plugins, ordered by id. */
    @GET
    public Response list() {
        List<PluginView> plugins = kernel.plugins().stream().map(PluginView::of).toList();
        return json(Response.ok(), plugins);
    }

    /** Returns one plugin. */
    @GET
    @Path("/{id}")
    public Response one(@PathParam("id") String id) {
        PluginStatus status = kernel.plugin(id).orElseThrow(() -> Problem.notFound("There is no plugin '" + id + "'."));
        return json(Response.ok(), PluginView.of(status));
    }

    /** Installs a jar (201), or replaces another version by it while calls go on (200). */
    @POST
    @Consumes(MediaType.MULTIPART_FORM_DATA)
    public Response install(
            @FormDataParam("file") @Nullable InputStream file,
            @FormDataParam("file") @Nullable FormDataContentDisposition about) {
        if (file == null) {
            throw Problem.badRequest("The form has no part named 'file' with the plugin's jar.");
        }
        try {
            Installed installed = Rejections.await(kernel.install(file, label(about)));
            boolean added = installed.change() == Installed.Change.ADDED;
            return json(Response.status(added ? 201 : 200), PluginView.of(installed.plugin()));
        } catch (PluginRejected e) {
            throw Rejections.problem(e);
        }
    }

    private static String label(@Nullable FormDataContentDisposition about) {
        String name = about == null ? null : about.getFileName();
        if (name == null || name.isBlank()) {
            return "The uploaded file";
        }
        String last = name.substring(Math.max(name.lastIndexOf('/'), name.lastIndexOf('\\')) + 1)
                .replaceAll("\\p{Cntrl}", "?");
        return last.length() <= 100 ? last : last.substring(0, 99) + "…";
    }

    /** Switches a plugin on; one that failed is tried again. */
    @POST
    @Path("/{id}/enable")
    public Response enable(@PathParam("id") String id) {
        return changed(Rejections.await(kernel.enable(id)));
    }

    /** Switches a plugin off; running calls may end. */
    @POST
    @Path("/{id}/disable")
    public Response disable(@PathParam("id") String id) {
        return changed(Rejections.await(kernel.disable(id)));
    }

    /** Goes back to the previous version. */
    @POST
    @Path("/{id}/rollback")
    public Response rollback(@PathParam("id") String id) {
        return changed(Rejections.await(kernel.rollback(id)));
    }

    /** Leads new calls back to the generation that still drains. */
    @POST
    @Path("/{id}/undo")
    public Response undo(@PathParam("id") String id) {
        return changed(Rejections.await(kernel.undo(id)));
    }

    /** Removes a plugin. */
    @DELETE
    @Path("/{id}")
    public Response remove(@PathParam("id") String id) {
        Rejections.await(kernel.remove(id));
        return Response.noContent().build();
    }

    /**
     * Follows the life-cycle events: first those that are kept, then each as it happens, with comments in between as heartbeat.
     *
     * @param last the number of the last event the client has seen; earlier ones are left out
     */
    @GET
    @Path("/events")
    @Produces(MediaType.SERVER_SENT_EVENTS)
    public void events(
            @Context SseEventSink sink, @Context Sse sse, @HeaderParam("Last-Event-ID") @DefaultValue("0") long last) {
        PluginEvents.Listener listener;
        try {
            listener = kernel.events().listen(last);
        } catch (IllegalStateException e) {
            throw Problem.unavailable(String.valueOf(e.getMessage()));
        }
        new EventStream(listener, sink, sse, heartbeat).start();
    }

    private static Response changed(PluginStatus status) {
        return json(Response.ok(), PluginView.of(status));
    }

    private static Response json(Response.ResponseBuilder response, Object value) {
        return response.entity(Json.bytes(value))
                .type(MediaType.APPLICATION_JSON)
                .build();
    }
}
