package io.patchbay.relay.cache;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.patchbay.foundation.bounds.HeapShare;
import io.patchbay.foundation.database.Database;
import io.patchbay.foundation.database.SettingStore;
import io.patchbay.foundation.setting.LiveSetting;
import io.patchbay.foundation.state.Bus;
import io.patchbay.foundation.state.Subscription;
import io.patchbay.spi.chat.Wire;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.UnaryOperator;
import java.util.random.RandomGenerator;

/**
 * The response cache: which calls may be answered from it, by the settings in force, and what came of it. A change of
 * the settings counts for the next call, and for answers that are kept already. Safe for use by many threads.
 */
public final class AnswerCache implements AutoCloseable {
    /** The settings' name in the store, and the topic of their changes. */
    static final String SETTING = "relay.cache";

    /** Tells all nodes to forget their answers. */
    static final String CLEARED = "relay.cache.clear";

    private static final long MOST_BYTES = HeapShare.bytes(64L * 1024 * 1024, 16);

    private final LiveSetting<CacheSettings> settings;
    private final AnswerStore store;
    private final Bus bus;
    private final RandomGenerator dice;
    private final Subscription clearing;
    /** Answers to calls of an earlier epoch are not kept. */
    private final AtomicLong epoch = new AtomicLong();

    private final Counter hits;
    private final Counter misses;
    private final Counter stored;
    private final Counter rejected;

    AnswerCache(
            LiveSetting<CacheSettings> settings,
            AnswerStore store,
            Bus bus,
            MeterRegistry metrics,
            RandomGenerator dice) {
        this.settings = settings;
        this.store = store;
        this.bus = bus;
        this.dice = dice;
        this.hits = counter(metrics, "hit");
        this.misses = counter(metrics, "miss");
        this.stored = counter(metrics, "stored");
        this.rejected = counter(metrics, "rejected");
        Gauge.builder(
                        "patchbay.relay.cache.entries",
                        this,
                        cache -> cache.state().entries())
                .description("answers that are kept")
                .register(metrics);
        Gauge.builder("patchbay.relay.cache.bytes", this, cache -> cache.state().bytes())
                .description("memory taken by answers that are kept")
                .baseUnit("bytes")
                .register(metrics);
        this.clearing = bus.subscribe(CLEARED, ignored -> forget());
    }

    /**
     * A call that may be answered from the cache.
     *
     * @param group the user group of the caller
     * @param model the model by the client's name, after modifiers
     * @param conversation the client's name for its conversation, empty for none
     * @param wire the client's request
     */
    public record Question(String group, String model, String conversation, Wire wire) {}

    /**
     * What the cache is and does on this node.
     *
     * @param entries how many answers are kept
     * @param bytes about how much memory they take
     * @param hits calls answered from the cache since the start
     * @param misses calls that could have been and were not, since the start
     */
    public record State(CacheSettings settings, long entries, long bytes, long hits, long misses) {}

    /** Opens an empty cache of this node, with the settings as they are stored. */
    public static AnswerCache open(Database database, Bus bus, MeterRegistry metrics, InstantSource clock) {
        return new AnswerCache(
                LiveSetting.open(new SettingStore(database), bus, SETTING, CacheSettings.class, CacheSettings.NONE),
                new NodeAnswers(MOST_BYTES, clock),
                bus,
                metrics,
                () -> ThreadLocalRandom.current().nextLong());
    }

    private static Counter counter(MeterRegistry metrics, String event) {
        return Counter.builder("patchbay.relay.cache")
                .description("calls of models whose answers are kept, by what the cache did")
                .tag("event", event)
                .register(metrics);
    }

    /**
     * Looks for an answer. Costs nothing for models that are not named by the settings; else the request is hashed.
     *
     * @return nothing when the answer to this call may neither come from the cache nor be kept in it: by the settings,
     *     for what it asks for, or because it belongs to a conversation that the upstream may keep itself
     */
    public Optional<CacheVisit> visit(Question question) {
        CacheSettings now = settings.current();
        if (!now.models().contains(question.model()) || !question.conversation().isEmpty()) {
            return Optional.empty();
        }
        long begun = epoch.get();
        return CacheKey.of(question.group(), question.model(), question.wire()).map(key -> {
            AnswerStore.Slot slot = new AnswerStore.Slot(key, now.size() == 1 ? 0 : dice.nextInt(now.size()));
            Optional<CachedAnswer> hit = Optional.ofNullable(store.find(slot, now.life()));
            (hit.isPresent() ? hits : misses).increment();
            return new CacheVisit(this, question.model(), slot, begun, hit);
        });
    }

    /** Keeps what was recorded, if it is an answer to be given again and nothing has changed that forbids it. */
    void keep(String model, AnswerStore.Slot slot, long begun, Optional<CachedAnswer> answer) {
        CacheSettings now = settings.current();
        if (answer.isEmpty() || begun != epoch.get() || !now.models().contains(model)) {
            rejected.increment();
        } else {
            store.keep(slot, answer.get(), now.life());
            stored.increment();
        }
    }

    /** Returns the settings in force. */
    public CacheSettings settings() {
        return settings.current();
    }

    /**
     * Changes the settings, for all nodes. Blocks on the database.
     *
     * @param change returns the new settings from those stored, or throws to leave them; may be called more than once
     * @return the settings in force afterwards
     */
    public CacheSettings change(UnaryOperator<CacheSettings> change) {
        return settings.update(change);
    }

    /** Forgets all answers, on all nodes; answers to calls that are under way are not kept. */
    public void clear() {
        bus.publish(CLEARED, "");
    }

    private void forget() {
        epoch.incrementAndGet();
        store.clear();
    }

    /** Returns what the cache is and does. */
    public State state() {
        CacheSettings now = settings.current();
        AnswerStore.Holding holding = store.holding(now.life());
        return new State(now, holding.entries(), holding.bytes(), (long) hits.count(), (long) misses.count());
    }

    @Override
    public void close() {
        clearing.close();
        settings.close();
        store.clear();
    }
}
