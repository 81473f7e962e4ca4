package io.patchbay.testkit.host;

import io.patchbay.spi.http.Blob;
import java.nio.charset.StandardCharsets;

/**
 * A blob in memory, whose bytes tests and the {@link FlowDriver} may read.
 *
 * @param bytes not to be changed
 * @param contentType the media type
 * @param name a file name, maybe empty
 */
public record TestBlob(byte[] bytes, String contentType, String name) implements Blob {
    /** Returns a blob of that text in UTF-8. */
    public static TestBlob of(String name, String contentType, String text) {
        return new TestBlob(text.getBytes(StandardCharsets.UTF_8), contentType, name);
    }

    @Override
    public long length() {
        return bytes.length;
    }

    @Override
    public String toString() {
        return "blob " + name + " of " + bytes.length + " bytes";
    }
}
