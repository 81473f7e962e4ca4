package io.patchbay.relay.exchange;

import io.patchbay.spi.http.Blob;

/**
 * A blob held in memory.
 *
 * @param bytes not to be changed
 */
public record MemoryBlob(byte[] bytes, String contentType, String name) implements Blob {
    @Override
    public long length() {
        return bytes.length;
    }
}
