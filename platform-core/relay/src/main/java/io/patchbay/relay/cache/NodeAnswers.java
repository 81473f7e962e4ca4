package io.patchbay.relay.cache;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Answers in the memory of this process, gone with a restart. Bounded by bytes; what is asked for least goes first. */
final class NodeAnswers implements AnswerStore {
    /** What a place takes beside its answer, in bytes. */
    private static final int SLOT_BYTES = 160;

    private final Cache<Slot, CachedAnswer> cache;
    private volatile Duration life = Duration.ofSeconds(CacheSettings.USUAL_SECONDS);

    NodeAnswers(long mostBytes, InstantSource clock) {
        this.cache = Caffeine.newBuilder()
                .maximumWeight(mostBytes)
                .weigher((Slot slot, CachedAnswer answer) -> SLOT_BYTES + answer.bytes())
                .ticker(() -> TimeUnit.MILLISECONDS.toNanos(clock.millis()))
                .expireAfterWrite(life)
                // What is due is done by the caller, a little each time, and needs no thread.
                .executor(Runnable::run)
                .build();
    }

    @Override
    public @Nullable CachedAnswer find(Slot slot, Duration lifeNow) {
        live(lifeNow);
        return cache.getIfPresent(slot);
    }

    @Override
    public void keep(Slot slot, CachedAnswer answer, Duration lifeNow) {
        live(lifeNow);
        cache.put(slot, answer);
    }

    @Override
    public void clear() {
        cache.invalidateAll();
    }

    @Override
    public Holding holding(Duration lifeNow) {
        live(lifeNow);
        cache.cleanUp();
        long bytes = cache.policy()
                .eviction()
                .map(bound -> bound.weightedSize().orElse(0))
                .orElse(0L);
        return new Holding(cache.estimatedSize(), bytes);
    }

    /** Applies to what is kept already as well. */
    private void live(Duration now) {
        if (!now.equals(life)) {
            life = now;
            cache.policy().expireAfterWrite().ifPresent(bound -> bound.setExpiresAfter(now));
        }
    }
}
