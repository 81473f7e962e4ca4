package io.patchbay.plugin.dify;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;

/** The transcripts beside the tests. */
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
}
