package io.patchbay.relay.routing;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.patchbay.foundation.bounds.HeapShare;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Remembers which channel and key answered a conversation. Bounded, forgetful, and kept by each node for itself: when it
 * is wrong or lost, a prompt cache of the provider is cold once. Safe for use by many threads.
 */
final class Affinity {
    private static final int MOST = HeapShare.entries(100_000, 320, 32);

    /** Providers keep prompt caches for minutes, some for an hour. */
    private static final Duration KEPT = Duration.ofHours(1);

    /** Where a conversation was answered. */
    record Place(long channel, String keyMark) {}

    private final Cache<String, Place> places;

    Affinity(InstantSource clock) {
        this.places = Caffeine.newBuilder()
                .maximumSize(MOST)
                .expireAfterAccess(KEPT)
                .ticker(() -> TimeUnit.MILLISECONDS.toNanos(clock.millis()))
                .build();
    }

    /** Returns the place of the first name that is known. */
    @Nullable
    Place find(List<String> names) {
        for (String name : names) {
            Place place = places.getIfPresent(name);
            if (place != null) {
                return place;
            }
        }
        return null;
    }

    void remember(String name, Place place) {
        places.put(name, place);
    }
}
