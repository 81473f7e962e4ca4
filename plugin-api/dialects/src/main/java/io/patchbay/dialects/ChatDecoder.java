package io.patchbay.dialects;

import io.patchbay.spi.Bytes;
import io.patchbay.spi.chat.ChatEvent;
import java.util.function.Consumer;

/**
 * Turns an answer into events. One object per exchange, used by one thread at a time. The usage is handed out once, by
 * the end marker or by {@link #end}.
 */
public interface ChatDecoder {
    /**
     * Reads one event of a stream, or the whole body. After the end marker, and once a fault was found, everything is
     * ignored.
     *
     * @param event the event's name, empty when there is none
     * @param payload the event's data, valid until the call returns
     */
    void on(String event, Bytes payload, Consumer<ChatEvent> out);

    /** The body ended cleanly. Sets a {@code TRUNCATED} fault when the answer is not complete by the profile. */
    void end(Consumer<ChatEvent> out);

    /** Returns what was learned so far: always the same object, which goes on changing with the stream. */
    TapFacts facts();
}
