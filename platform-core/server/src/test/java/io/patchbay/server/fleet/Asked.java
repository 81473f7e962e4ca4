package io.patchbay.server.fleet;

import io.patchbay.spi.json.JsonValue;
import io.patchbay.testkit.upstream.ReceivedRequest;
import java.util.List;

/**
 * A chat as an upstream of a fleet sees it.
 *
 * @param request as it came
 * @param id what the client calls it: its last message
 * @param key the credential it came with
 * @param stream whether a stream is wanted
 */
public record Asked(ReceivedRequest request, String id, String key, boolean stream) {
    private static final String BEARER = "Bearer ";

    static Asked of(ReceivedRequest request) {
        JsonValue body = request.json();
        List<? extends JsonValue> messages = body.elements("messages");
        String authorization = String.valueOf(request.header("authorization"));
        return new Asked(
                request,
                messages.getLast().string("content", ""),
                authorization.startsWith(BEARER) ? authorization.substring(BEARER.length()) : authorization,
                body.flag("stream", false));
    }
}
