package io.patchbay.dialects;

import io.patchbay.dialects.frame.FrameOut;
import io.patchbay.spi.Bytes;
import io.patchbay.spi.Usage;

/**
 * Listens to a stream that is forwarded in the dialect it came in. One object per exchange, used by one thread at a
 * time; it keeps no view of a payload, and text only where {@link #keep} says so.
 */
public interface Tap {
    /**
     * Judges one event. After {@link Verdict#LAST}, and once a fault was found, everything is {@link Verdict#DROP}.
     *
     * @param event the event's name, empty when there is none
     * @param payload the event's data, valid until the next call
     */
    Verdict on(String event, Bytes payload);

    /**
     * Writes the payload just judged {@link Verdict#HOLD} or {@link Verdict#FORWARD} as one frame, under the public
     * model name. Writes nothing after another verdict.
     *
     * @param payload the very payload of the last {@link #on}
     */
    void write(Bytes payload, FrameOut out);

    /**
     * Adds what is forwarded from now on to that text as well, and lets the text be forgotten once the upstream has told
     * the usage.
     */
    void keep(AnswerText text);

    /** The body ended cleanly. Sets a {@code TRUNCATED} fault when the answer is not complete by the profile. */
    void end();

    /**
     * Writes the end of the stream: the usage event if the client asked for it, then the end marker.
     *
     * @param usage what was settled; the upstream's own usage object is preferred when it sent one
     */
    void tail(Usage usage, FrameOut out);

    /** Returns what was learned so far: always the same object, which goes on changing with the stream. */
    TapFacts facts();
}
