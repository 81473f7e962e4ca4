package io.patchbay.relay.routing;

import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.LongAdder;

/** What is known of one key of a channel on this node. Safe for use by many threads. */
final class KeyHealth {
    private static final int MOST_MODELS = 1_000;

    private final String mark;
    private final ConcurrentMap<String, Breaker> models = new ConcurrentHashMap<>();
    final Breaker breaker;
    final Throttle throttle = new Throttle();
    final LongAdder calls = new LongAdder();
    final LongAdder faults = new LongAdder();

    /**
     * Creates the health of a key.
     *
     * @param mark stands for the key without telling it
     */
    KeyHealth(String mark, Instant now) {
        this.mark = mark;
        this.breaker = new Breaker(Standing.fresh(now));
    }

    String mark() {
        return mark;
    }

    /** Returns whether the key itself and that model behind it may be used. */
    boolean open(String model, Instant now) {
        Breaker own = models.get(model);
        return breaker.open(now) && (own == null || own.open(now));
    }

    /** Returns whether they may be used when nothing better is left. */
    boolean openInNeed(String model, Instant now) {
        Breaker own = models.get(model);
        return breaker.standing().openInNeed(now)
                && (own == null || own.standing().openInNeed(now));
    }

    /** Returns the breaker of a model, {@code null} when the model has never made trouble. */
    @org.jspecify.annotations.Nullable
    Breaker model(String model) {
        return models.get(model);
    }

    /** Returns the breaker of a model that makes trouble; what is too much shares the key's. */
    Breaker troubled(String model, Instant now) {
        Breaker known = models.get(model);
        if (known != null) {
            return known;
        }
        return models.size() >= MOST_MODELS
                ? breaker
                : models.computeIfAbsent(model, ignored -> new Breaker(Standing.fresh(now)));
    }

    Map<String, Breaker> troubledModels() {
        return models;
    }
}
