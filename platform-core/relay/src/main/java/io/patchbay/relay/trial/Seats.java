package io.patchbay.relay.trial;

import io.patchbay.foundation.problem.Problem;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;
import java.util.function.Supplier;

/** Bounds how many inquiries run at once. Thread-safe. */
final class Seats {
    private final int most;
    private final Semaphore free;

    Seats(int most) {
        this.most = most;
        this.free = new Semaphore(most);
    }

    /**
     * Runs the work, which holds a seat until its future is completed.
     *
     * @throws Problem of kind TOO_MANY when all seats are taken
     */
    <R> CompletableFuture<R> seated(Supplier<CompletableFuture<R>> work) {
        if (!free.tryAcquire()) {
            throw new Problem(
                    Problem.Kind.TOO_MANY,
                    most + " channels are being tried at the moment, which is the most at once. Try again when one"
                            + " of them has ended.");
        }
        CompletableFuture<R> running;
        try {
            running = work.get();
        } catch (RuntimeException e) {
            free.release();
            throw e;
        }
        return running.whenComplete((result, failure) -> free.release());
    }
}
