package io.patchbay.benchmarks.wire;

import java.io.IOException;

/** Bytes that are no HTTP/1.1, or end too early. */
public final class WireException extends IOException {
    private static final long serialVersionUID = 1;

    WireException(String message) {
        super(message);
    }
}
