package io.patchbay.plugin.vertex;

import io.patchbay.testkit.host.Reply;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** Recorded answers. */
final class Golden {
    private Golden() {}

    static String text(String name) {
        try (InputStream in = Golden.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new IllegalArgumentException("no recorded answer " + name);
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static Reply reply(String name) {
        return name.endsWith(".sse")
                ? Reply.events(text(name).getBytes(StandardCharsets.UTF_8))
                : Reply.json(text(name));
    }
}
