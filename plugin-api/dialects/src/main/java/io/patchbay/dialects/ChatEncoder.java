package io.patchbay.dialects;

import io.patchbay.dialects.frame.FrameOut;
import io.patchbay.spi.Usage;
import io.patchbay.spi.chat.ChatEvent;

/** Writes events as a stream of the dialect. One object per client answer, used by one thread at a time. */
public interface ChatEncoder {
    /** Writes one event; some write nothing ({@link ChatEvent.Started}, {@link ChatEvent.Used}). */
    void on(ChatEvent event, FrameOut out);

    /** Writes the end of the stream: the usage event if the client asked for it, then the end marker. */
    void tail(Usage usage, FrameOut out);
}
