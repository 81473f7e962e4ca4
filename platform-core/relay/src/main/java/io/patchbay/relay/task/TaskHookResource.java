package io.patchbay.relay.task;

import io.patchbay.foundation.request.RequestContext;
import io.patchbay.spi.json.Json;
import io.patchbay.spi.json.JsonException;
import io.patchbay.spi.json.JsonValue;
import io.patchbay.spi.task.Notice;
import io.patchbay.spi.task.Noticed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * {@code /api/hook/task/{token}}: where upstreams call. Nobody signs in here; the token, known to the upstream alone,
 * finds the task. An unknown token, a caller who is not allowed and a task nobody can read are answered alike.
 */
@Path("/hook/task/{token}")
public final class TaskHookResource {
    private static final int MOST_BYTES = 1 << 20;
    private static final int MOST_DISCARDED = 4 << 20;

    private final Tasks tasks;

    /** Creates the resource. */
    public TaskHookResource(Tasks tasks) {
        this.tasks = tasks;
    }

    /** Takes a call without a body. */
    @GET
    public Response get(@PathParam("token") String token, @Context ContainerRequestContext request) {
        return answer(token, request, new byte[0]);
    }

    /** Takes a call. */
    @POST
    public Response post(@PathParam("token") String token, InputStream body, @Context ContainerRequestContext request)
            throws IOException {
        return read(token, body, request);
    }

    /** Takes a call. */
    @PUT
    public Response put(@PathParam("token") String token, InputStream body, @Context ContainerRequestContext request)
            throws IOException {
        return read(token, body, request);
    }

    private Response read(String token, InputStream in, ContainerRequestContext request) throws IOException {
        boolean large = request.getLength() > MOST_BYTES;
        byte[] body = large ? new byte[0] : in.readNBytes(MOST_BYTES + 1);
        if (large || body.length > MOST_BYTES) {
            discard(in);
            // What is left now will not be read, so the connection cannot be used again.
            return Response.status(Response.Status.REQUEST_ENTITY_TOO_LARGE)
                    .header("Connection", "close")
                    .build();
        }
        return answer(token, request, body);
    }

    /** Closing under a caller who is still sending can destroy the answer on its way to him. */
    private static void discard(InputStream in) throws IOException {
        byte[] buffer = new byte[16 * 1024];
        int read = 0;
        for (int all = 0; read >= 0 && all < MOST_DISCARDED; all += read) {
            read = in.read(buffer);
        }
    }

    private Response answer(String token, ContainerRequestContext request, byte[] body) {
        String query = request.getUriInfo().getRequestUri().getRawQuery();
        Notice notice = new Notice(
                request.getMethod(),
                headers(request),
                query == null ? "" : query,
                new String(body, StandardCharsets.UTF_8),
                json(body));
        Optional<Noticed> noticed = tasks.noticed(token, notice, RequestContext.clientAddress(request));
        return noticed.map(told -> Response.ok(told.reply(), told.contentType()).build())
                .orElseGet(() -> Response.status(Response.Status.NOT_FOUND)
                        .entity("{}")
                        .type(MediaType.APPLICATION_JSON_TYPE)
                        .build());
    }

    private static Map<String, String> headers(ContainerRequestContext request) {
        Map<String, String> headers = new HashMap<>();
        request.getHeaders()
                .forEach((name, values) -> headers.put(name.toLowerCase(Locale.ROOT), String.join(", ", values)));
        return headers;
    }

    private static @Nullable JsonValue json(byte[] body) {
        try {
            return body.length == 0 ? null : Json.parse(body);
        } catch (JsonException e) {
            return null;
        }
    }
}
