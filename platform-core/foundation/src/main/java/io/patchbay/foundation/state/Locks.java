package io.patchbay.foundation.state;

import java.time.Duration;
import java.util.Optional;

/**
 * Locks with a lease, for work that one node should do at a time.
 *
 * <p>A lease runs out even when its holder hangs, so the work itself must stay right if it happens twice. Safe for use by
 * many threads.
 */
public interface Locks {
    /**
     * Takes a lock when it is free; never waits.
     *
     * @param lease how long it is held unless renewed or closed; longer than zero
     * @return empty when another holds it
     */
    Optional<Held> tryLock(String name, Duration lease);

    /** A lock that was taken. */
    interface Held extends AutoCloseable {
        /** Extends the lease from now on; returns false when it had run out and the lock is lost. */
        boolean renew(Duration lease);

        /** Gives the lock back when it is still held; later calls have no effect. */
        @Override
        void close();
    }
}
