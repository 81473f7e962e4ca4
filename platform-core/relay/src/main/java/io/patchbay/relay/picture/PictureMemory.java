package io.patchbay.relay.picture;

import java.util.concurrent.atomic.AtomicLong;

/**
 * What the pictures of one call weigh, inside what all calls may hold. Safe for many threads: several pictures of a call
 * come at the same time.
 */
final class PictureMemory {
    private final AtomicLong all;
    private final PictureLimits limits;
    private long mine;
    private boolean closed;

    /**
     * Creates an empty account of one call.
     *
     * @param all the bytes of all calls
     */
    PictureMemory(AtomicLong all, PictureLimits limits) {
        this.all = all;
        this.limits = limits;
    }

    /**
     * Takes so many bytes more.
     *
     * @throws PictureRefused when the call or the site holds too many
     */
    synchronized void take(long bytes) {
        if (mine + bytes > limits.together()) {
            throw new PictureRefused(
                    "all pictures of a request may have " + limits.together() / 1024 / 1024 + " MiB together");
        }
        if (closed || all.addAndGet(bytes) > limits.inFlight()) {
            if (!closed) {
                all.addAndGet(-bytes);
            }
            throw PictureRefused.busy();
        }
        mine += bytes;
    }

    /** Gives everything back; only the first call counts, and nothing can be taken afterwards. */
    synchronized void close() {
        if (!closed) {
            closed = true;
            all.addAndGet(-mine);
        }
    }
}
