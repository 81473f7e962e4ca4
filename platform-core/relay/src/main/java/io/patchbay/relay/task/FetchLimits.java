package io.patchbay.relay.task;

import java.time.Duration;
import java.util.List;

/**
 * The bounds of fetching products.
 *
 * @param atOnce how many are fetched at once
 * @param waiting how many may wait for their turn
 * @param time how long one attempt may take
 * @param pauses how long to wait before the second attempt, the third and so on; no more follow
 * @param rest how long a product that could not be had is not asked for again
 * @param age how old a promise may be that is still kept unasked after a restart
 */
record FetchLimits(int atOnce, int waiting, Duration time, List<Duration> pauses, Duration rest, Duration age) {
    FetchLimits {
        pauses = List.copyOf(pauses);
    }

    /** Returns the usual bounds. */
    static FetchLimits usual() {
        return new FetchLimits(
                8,
                1_000,
                Duration.ofMinutes(10),
                List.of(Duration.ofSeconds(2), Duration.ofSeconds(10), Duration.ofSeconds(30)),
                Duration.ofSeconds(10),
                Duration.ofHours(24));
    }
}
