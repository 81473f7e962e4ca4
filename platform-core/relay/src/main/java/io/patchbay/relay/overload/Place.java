package io.patchbay.relay.overload;

import java.util.concurrent.atomic.AtomicLong;

/**
 * A call's place, with what its body weighs. Held from before the body is read until the answer is complete. Closed once
 * or more often, by any thread.
 */
public final class Place implements AutoCloseable {
    private static final long CLOSED = -1;

    private final Entrance entrance;
    private final long user;
    private final AtomicLong bytes = new AtomicLong();

    Place(Entrance entrance, long user) {
        this.entrance = entrance;
        this.user = user;
    }

    /**
     * Takes room for the body, in the place of what was taken for it before. When there is none, nothing is held. Called by
     * one thread.
     *
     * @param total bytes, at least 1
     * @throws io.patchbay.foundation.problem.Problem UNAVAILABLE when there is none
     * @throws IllegalStateException when the place is closed
     */
    public void hold(long total) {
        long before = bytes.getAndUpdate(held -> held == CLOSED ? CLOSED : 0);
        if (before > 0) {
            entrance.free(user, before);
        }
        entrance.hold(user, total);
        if (!bytes.compareAndSet(0, total)) {
            entrance.free(user, total);
            throw new IllegalStateException("the call is over");
        }
    }

    @Override
    public void close() {
        long held = bytes.getAndSet(CLOSED);
        if (held == CLOSED) {
            return;
        }
        if (held > 0) {
            entrance.free(user, held);
        }
        entrance.leave(user);
    }
}
