package io.patchbay.dialects;

import io.patchbay.spi.Bytes;

/** Reads a whole answer that is forwarded in the dialect it came in. One object per exchange. */
public interface WholeTap {
    /**
     * Reads the answer and returns it under the public model name. When the answer is none, the facts have a fault and
     * the bytes are not for the client.
     */
    byte[] adjust(Bytes body);

    /** Returns what was learned. */
    TapFacts facts();
}
