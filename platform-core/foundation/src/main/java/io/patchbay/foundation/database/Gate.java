package io.patchbay.foundation.database;

import io.patchbay.foundation.database.DatabaseException.Reason;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Lets a bounded number of callers through, first come first served.
 *
 * <p>Waiting here parks a virtual thread; waiting inside a driver's native code would hold its carrier.
 */
final class Gate {
    private final int count;
    private final Semaphore permits;
    private final String what;
    private final Duration patience;

    Gate(int permits, String what, Duration patience) {
        this.count = permits;
        this.permits = new Semaphore(permits, true);
        this.what = what;
        this.patience = patience;
    }

    /** Returns how many callers wait. */
    int waiting() {
        return permits.getQueueLength();
    }

    /** Returns how many callers are through. */
    int busy() {
        return count - permits.availablePermits();
    }

    <R extends @Nullable Object> R pass(Supplier<R> work) {
        enter();
        try {
            return work.get();
        } finally {
            permits.release();
        }
    }

    private void enter() {
        try {
            if (!permits.tryAcquire(patience.toMillis(), TimeUnit.MILLISECONDS)) {
                throw new DatabaseException(
                        Reason.UNAVAILABLE, "no " + what + " became free within " + patience.toSeconds() + " s", null);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new DatabaseException(Reason.UNAVAILABLE, "interrupted while waiting for a " + what, e);
        }
    }
}
