package io.patchbay.server.bounds;

import io.patchbay.foundation.json.Json;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/** Chats as bytes, and what was said in their answers. */
final class Chats {
    private static final String EVENT = "data: ";
    private static final String END = "[DONE]";

    private Chats() {}

    /** Returns a request for a chat. */
    static byte[] request(String key, String model, boolean stream, String prompt) {
        byte[] body = Json.bytes(Map.of(
                "model", model, "stream", stream, "messages", List.of(Map.of("role", "user", "content", prompt))));
        return Exchange.request(
                "POST",
                "/v1/chat/completions",
                List.of("Authorization: Bearer " + key, "Content-Type: application/json"),
                body);
    }

    /**
     * Returns the text of a streamed answer.
     *
     * @throws AssertionError when it is not complete
     */
    static String text(Exchange.Response response) throws IOException {
        String body = response.text();
        if (response.status() != 200 || !body.contains(EVENT + END)) {
            throw new AssertionError("not a whole stream: " + response.status() + " " + shortened(body));
        }
        StringBuilder text = new StringBuilder();
        for (String line : (Iterable<String>) body.lines()::iterator) {
            if (line.startsWith(EVENT) && !line.endsWith(END)) {
                text.append(Json.mapper()
                        .readTree(line.substring(EVENT.length()).getBytes(StandardCharsets.UTF_8))
                        .at("/choices/0/delta/content")
                        .asText());
            }
        }
        return text.toString();
    }

    static String shortened(String body) {
        return body.length() <= 300 ? body : body.substring(0, 300) + "…";
    }
}
