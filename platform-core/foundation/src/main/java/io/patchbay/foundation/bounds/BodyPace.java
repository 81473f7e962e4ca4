package io.patchbay.foundation.bounds;

import io.patchbay.foundation.problem.Problem;
import java.time.Duration;
import java.util.Map;
import java.util.function.LongSupplier;

/**
 * Watches a request body come, so that nobody holds a thread and memory by sending a byte now and then: what has come
 * after {@value #GRACE_SECONDS} seconds must have come at {@value #LEAST_BYTES} bytes a second on the average. Looked at
 * after each read; a client that sends nothing at all is the connection's idle time-out's matter. Used by one thread.
 */
public final class BodyPace {
    static final int GRACE_SECONDS = 30;
    static final int LEAST_BYTES = 8 * 1024;

    private static final long GRACE = Duration.ofSeconds(GRACE_SECONDS).toNanos();
    private static final double NANOS_A_BYTE = 1e9 / LEAST_BYTES;

    private final LongSupplier nanoTime;
    private final long begun;

    /** Begins to watch. */
    public BodyPace() {
        this(System::nanoTime);
    }

    BodyPace(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
        this.begun = nanoTime.getAsLong();
    }

    /**
     * So many bytes have come in all.
     *
     * @throws Problem TIMEOUT when that is too few by now
     */
    public void came(long bytes) {
        if (nanoTime.getAsLong() - begun - GRACE > (long) (bytes * NANOS_A_BYTE)) {
            throw tooSlow();
        }
    }

    /** Returns what a client is told whose body does not come. */
    public static Problem tooSlow() {
        return new Problem(
                Problem.Kind.TIMEOUT,
                "The request body comes too slowly: after " + GRACE_SECONDS + " s at least " + LEAST_BYTES
                        + " bytes a second are expected.",
                Map.of("code", "request_timeout"));
    }
}
