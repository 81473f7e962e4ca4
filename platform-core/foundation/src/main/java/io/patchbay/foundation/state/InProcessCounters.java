package io.patchbay.foundation.state;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Expiry;
import io.patchbay.foundation.bounds.HeapShare;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Counters in memory, bounded: under a flood of distinct keys the least used are forgotten first. Uses and failures may
 * take a sixteenth of the heap each. A long key, such as one with an e-mail address of a stranger's choice, is kept as its
 * digest, so that the number of keys bounds the memory too.
 */
final class InProcessCounters implements Counters {
    private static final int MAX_KEYS = HeapShare.entries(200_000, 320, 16);
    private static final int LONGEST_KEY = 96;

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
        Count after = uses.asMap().compute(kept(key), (ignored, before) -> {
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
        Count count = failures.getIfPresent(kept(key));
        return count == null ? 0 : count.value();
    }

    @Override
    public long fail(String key, Duration forgetAfter) {
        long nanos = forgetAfter.toNanos();
        return failures.asMap()
                .compute(kept(key), (ignored, before) -> new Count(value(before) + 1, nanos, true))
                .value();
    }

    @Override
    public void forgive(String key) {
        failures.asMap()
                .computeIfPresent(
                        kept(key),
                        (ignored, before) ->
                                before.value() <= 1 ? null : new Count(before.value() - 1, before.nanos(), false));
    }

    @Override
    public void clear(String key) {
        uses.invalidate(kept(key));
        failures.invalidate(kept(key));
    }

    private static String kept(String key) {
        return key.length() <= LONGEST_KEY ? key : digest(key);
    }

    private static String digest(String key) {
        try {
            MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
            return HexFormat.of().formatHex(sha256.digest(key.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("this Java has no SHA-256", e);
        }
    }

    /** Returns how many keys are kept, for tests. */
    long size() {
        uses.cleanUp();
        failures.cleanUp();
        return uses.estimatedSize() + failures.estimatedSize();
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
