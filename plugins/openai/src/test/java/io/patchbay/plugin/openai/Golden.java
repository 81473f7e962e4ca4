package io.patchbay.plugin.openai;

import io.patchbay.testkit.host.Reply;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** The transcripts beside the tests. */
final class Golden {
    private Golden() {}

    static byte[] bytes(String name) {
        try (InputStream in = Golden.class.getResourceAsStream("/golden/" + name)) {
            if (in == null) {
                throw new IllegalArgumentException("no transcript " + name);
            }
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static String text(String name) {
        return new String(bytes(name), StandardCharsets.UTF_8);
    }

    static Reply json(String name) {
        return Reply.json(text(name));
    }

    static Reply error(int status, String name) {
        return Reply.json(status, text(name));
    }

    static Reply stream(String name) {
        return Reply.events(bytes(name));
    }

    /** Returns the beginning of an MP4 file. */
    static byte[] film() {
        return "\0\0\0\30ftypisom\0\0\2\0isomiso2".getBytes(StandardCharsets.ISO_8859_1);
    }
}
