package io.patchbay.plugin.coze;

import io.patchbay.testkit.host.Reply;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;

/** The transcripts beside the tests. */
final class Golden {
    /** A background run: begun, looked at twice, read. */
    static final Reply[] POLLED = {
        Reply.json(
                "{\"code\":0,\"msg\":\"\",\"data\":{\"id\":\"c1\",\"conversation_id\":\"v1\",\"status\":\"in_progress\"}}"),
        Reply.json(
                "{\"code\":0,\"msg\":\"\",\"data\":{\"id\":\"c1\",\"conversation_id\":\"v1\",\"status\":\"in_progress\"}}"),
        Reply.json(
                "{\"code\":0,\"msg\":\"\",\"data\":{\"id\":\"c1\",\"conversation_id\":\"v1\",\"status\":\"completed\","
                        + "\"usage\":{\"token_count\":13,\"output_count\":4,\"input_count\":9}}}"),
        Reply.json("{\"code\":0,\"msg\":\"\",\"data\":[{\"id\":\"m1\",\"type\":\"answer\",\"content\":\"Hello\"},"
                + "{\"id\":\"m2\",\"type\":\"verbose\",\"content\":\"{}\"}]}")
    };

    private Golden() {}

    static Reply stream(String name) {
        try (InputStream in = Golden.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new IllegalArgumentException("no transcript " + name);
            }
            return Reply.events(in.readAllBytes());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
