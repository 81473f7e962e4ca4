package io.patchbay.relay.exchange;

import io.patchbay.spi.Bytes;
import java.io.ByteArrayOutputStream;

/** Collects a body up to a limit. */
final class Collected {
    /** An error body is cut here: some are megabytes of HTML. */
    static final int ERROR_LIMIT = 64 * 1024;

    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream(1024);
    private final int limit;
    private boolean full;

    Collected(int limit) {
        this.limit = limit;
    }

    /** Adds what fits. */
    void add(Bytes read) {
        int room = limit - bytes.size();
        if (read.length() > room) {
            full = true;
        }
        bytes.write(read.array(), read.offset(), Math.min(room, read.length()));
    }

    /** Returns whether more came than fits. */
    boolean overflowed() {
        return full;
    }

    int size() {
        return bytes.size();
    }

    Bytes view() {
        return Bytes.of(bytes.toByteArray());
    }
}
