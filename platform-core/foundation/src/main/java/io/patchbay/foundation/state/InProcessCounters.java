package io.patchbay.foundation.state;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Expiry;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Counters in memory, bounded: under a flood of distinct keys the least used are forgotten first. */
final class InProcessCounters implements Counters {
    private static final int MAX_KEYS = 200_000;

    /**
     * One counter. Immutable, so that a compute step replaces it as a whole.
     *
     * @param nanos the time to live that the last step chose
     * @param restart whether the last step started the time to live anew
     */
    private record Count(long value, long nanos, boolean restart) {}

    private final Cache<String, Count> uses;
    private final Cache<String, Count> failures;

    InProcessCounters(InstantSource clock) {
        this.uses = cache(clock);
        this.failures = cache(clock);
    }

    @Override
    public boolean tryTake(String key, int limit, Duration window) {
        long nanos = window.toNanos();
        Count after = uses.asMap().compute(key, (ignored, before) -> {
            if (before == null) {
                return new Count(1, nanos, true);
            }
            // One above the limit stands for "refused"; it never grows further.
            return before.value() >= limit
                    ? new Count(limit + 1L, nanos, true)
                    : new Count(before.value() + 1, before.nanos(), false);
        });
        return after.value() <= limit;
    }

    @Override
    public long failures(String key) {
        Count count = failures.getIfPresent(key);
        return count == null ? 0 : count.value();
    }

    @Override
    public long fail(String key, Duration forgetAfter) {
        long nanos = forgetAfter.toNanos();
        return failures.asMap()
                .compute(key, (ignored, before) -> new Count(value(before) + 1, nanos, true))
                .value();
    }

    @Override
    public void clear(String key) {
        uses.invalidate(key);
        failures.invalidate(key);
    }

    private static long value(@Nullable Count count) {
        return count == null ? 0 : count.value();
    }

    private static Cache<String, Count> cache(InstantSource clock) {
        return Caffeine.newBuilder()
                .maximumSize(MAX_KEYS)
                .ticker(() -> TimeUnit.MILLISECONDS.toNanos(clock.millis()))
                .expireAfter(new Expiry<String, Count>() {
                    @Override
                    public long expireAfterCreate(String key, Count count, long now) {
                        return count.nanos();
                    }

                    @Override
                    public long expireAfterUpdate(String key, Count count, long now, long left) {
                        return count.restart() ? count.nanos() : left;
                    }

                    @Override
                    public long expireAfterRead(String key, Count count, long now, long left) {
                        return left;
                    }
                })
                .build();
    }
}
