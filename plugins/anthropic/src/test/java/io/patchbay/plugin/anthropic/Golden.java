package io.patchbay.plugin.anthropic;

import io.patchbay.testkit.host.Reply;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** The transcripts beside the tests, and refusals as the vendor words them. */
final class Golden {
    private Golden() {}

    static byte[] bytes(String name) {
        try (InputStream in = Golden.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new IllegalArgumentException("no transcript " + name);
            }
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static Reply json(String name) {
        return Reply.json(new String(bytes(name), StandardCharsets.UTF_8));
    }

    static Reply stream(String name) {
        return Reply.events(bytes(name));
    }

    static Reply error(int status, String type, String message) {
        return Reply.json(
                status,
                "{\"type\":\"error\",\"error\":{\"type\":\"" + type + "\",\"message\":\"" + message
                        + "\"},\"request_id\":\"req_01A\"}");
    }
}
