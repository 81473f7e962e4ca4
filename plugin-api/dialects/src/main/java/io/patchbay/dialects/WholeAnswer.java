package io.patchbay.dialects;

import io.patchbay.spi.Usage;
import io.patchbay.spi.chat.ChatEvent;

/** Collects events into one whole answer of the dialect. One object per client answer, used by one thread at a time. */
public interface WholeAnswer {
    /** Takes one event. */
    void on(ChatEvent event);

    /** Returns the answer as JSON in UTF-8. */
    byte[] body(Usage usage);
}
