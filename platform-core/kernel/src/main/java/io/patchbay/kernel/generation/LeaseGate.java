package io.patchbay.kernel.generation;

import java.util.concurrent.atomic.AtomicLong;

/**
 * Counts live calls and can be shut, in one word: a call is never counted after the gate was shut.
 *
 * <p>Lock-free and safe for many threads.
 */
final class LeaseGate {
    private static final long SHUT = 1L << 62;

    private final AtomicLong word = new AtomicLong();
    private final Runnable drained;

    /**
     * @param drained runs each time the gate is shut and the last call has left, on the thread that caused it; must be quick. As
     *     the gate may be opened again at any time, the receiver has to look again.
     */
    LeaseGate(Runnable drained) {
        this.drained = drained;
    }

    /** Counts one call, unless the gate is shut. */
    boolean enter() {
        long seen = word.get();
        while ((seen & SHUT) == 0) {
            long witness = word.compareAndExchange(seen, seen + 1);
            if (witness == seen) {
                return true;
            }
            seen = witness;
        }
        return false;
    }

    /** Takes one counted call back; once per successful {@link #enter()}. */
    void leave() {
        if (word.decrementAndGet() == SHUT) {
            drained.run();
        }
    }

    /** Lets no further call in. */
    void shut() {
        if (word.getAndUpdate(seen -> seen | SHUT) == 0) {
            drained.run();
        }
    }

    /** Lets calls in again. */
    void open() {
        word.updateAndGet(seen -> seen & ~SHUT);
    }

    /** Returns the calls inside. */
    int held() {
        return (int) (word.get() & ~SHUT);
    }

    /** Returns whether the gate is shut with nobody inside. */
    boolean empty() {
        return word.get() == SHUT;
    }
}
