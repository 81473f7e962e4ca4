package io.patchbay.dialects;

import io.patchbay.spi.Bytes;

/** Reads a whole answer that is forwarded in the dialect it came in. One object per exchange. */
public interface WholeTap {
    /**
     * Reads the answer and returns it under the public model name. When the answer is none, the facts have a fault and
     * the bytes are not for the client.
     */
    byte[] adjust(Bytes body);

    /**
     * Adds what {@link #adjust} reads from now on to that text as well, and lets the text be forgotten when the upstream
     * has told the usage.
     */
    void keep(AnswerText text);

    /** Returns what was learned. */
    TapFacts facts();
}
