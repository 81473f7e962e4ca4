package io.patchbay.server.http;

import io.patchbay.foundation.json.Json;
import java.nio.ByteBuffer;
import java.util.Map;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.handler.ErrorHandler;
import org.eclipse.jetty.util.Callback;
import org.jspecify.annotations.Nullable;

/** Answers what goes wrong outside the applications: one JSON shape, and nothing of the inside. */
final class JsonErrors extends ErrorHandler {
    @Override
    protected void generateResponse(
            Request request,
            Response response,
            int code,
            @Nullable String message,
            @Nullable Throwable cause,
            Callback callback) {
        String reason = code >= 500 ? "internal error" : HttpStatus.getMessage(code);
        byte[] body = Json.bytes(Map.of(
                "status",
                false,
                "error",
                Map.of("message", reason, "type", code >= 500 ? "server_error" : "invalid_request_error")));
        response.getHeaders().put(HttpHeader.CONTENT_TYPE, "application/json; charset=utf-8");
        response.write(true, ByteBuffer.wrap(body), callback);
    }
}
