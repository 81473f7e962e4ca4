package io.patchbay.relay.cache;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Where answers are kept. Bounded, and allowed to forget; safe for use by many threads. What cannot be reached holds
 * nothing: no method throws because a server is down.
 */
interface AnswerStore {
    /**
     * The place of one answer.
     *
     * @param number which of the answers to that request, from 0
     */
    record Slot(CacheKey key, int number) {}

    /**
     * How much is kept.
     *
     * @param entries how many answers
     * @param bytes about how much memory they take
     */
    record Holding(long entries, long bytes) {}

    /**
     * Returns the answer in a place, or {@code null} when there is none or it is older than {@code life}. May block
     * shortly; called on a virtual thread.
     *
     * @param life how long answers live by the settings in force, whatever was in force when they were kept
     */
    @Nullable
    CachedAnswer find(Slot slot, Duration life);

    /** Puts an answer in the place of whatever was there. Must not block: a client waits for its end. */
    void keep(Slot slot, CachedAnswer answer, Duration life);

    /** Forgets all answers. */
    void clear();

    /** Returns how much is kept that is not older than {@code life}. */
    Holding holding(Duration life);
}
