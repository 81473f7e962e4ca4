package io.patchbay.relay.routing;

import java.time.Duration;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.jspecify.annotations.Nullable;

/** How long a channel takes to its first content, by model: a moving average. Safe for use by many threads. */
final class Latency {
    private static final double WEIGHT = 0.2;
    private static final int MOST_MODELS = 1_000;

    private final ConcurrentMap<String, Double> averages = new ConcurrentHashMap<>();

    void took(String model, Duration firstContent) {
        double ms = firstContent.toNanos() / 1e6;
        if (averages.size() < MOST_MODELS || averages.containsKey(model)) {
            averages.merge(model, ms, (before, now) -> before + WEIGHT * (now - before));
        }
    }

    /** Nothing had come after so long, and then nobody waited any more: what is slower than known counts. */
    void tookLonger(String model, Duration waited) {
        Double known = averages.get(model);
        if (known == null || known < waited.toNanos() / 1e6) {
            took(model, waited);
        }
    }

    /** Returns the average in milliseconds, {@code null} when none is known. */
    @Nullable
    Double ms(String model) {
        return averages.get(model);
    }
}
