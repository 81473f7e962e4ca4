package io.patchbay.billing.plan;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.patchbay.billing.ledger.PlanUnit;
import io.patchbay.foundation.bounds.HeapShare;
import io.patchbay.foundation.database.Database;
import io.patchbay.foundation.database.SettingStore;
import io.patchbay.foundation.setting.LiveSetting;
import io.patchbay.foundation.state.Bus;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/**
 * The plans of the site and who has which.
 *
 * <p>What the hot path needs is kept in memory: the settings as a snapshot, subscriptions for a minute, bounded. A change
 * is in force on this node at once, on others when the bus tells, or within that minute.
 *
 * <p>Safe for use by many threads.
 */
public final class Plans implements AutoCloseable {
    /** The name of the setting, and its bus topic. */
    public static final String SETTING = "plans";

    /** The bus topic on which a changed subscription is announced; the message is the user's number. */
    public static final String TOPIC = "subscriptions";

    private static final Duration LIFETIME = Duration.ofMinutes(1);
    private static final int MOST = HeapShare.entries(50_000, 400, 32);

    private final Database database;
    private final Bus bus;
    private final InstantSource clock;
    private final LiveSetting<PlanSettings> settings;
    private final io.patchbay.foundation.state.Subscription announcements;

    /** Loading holds the entry, so that what is voided meanwhile is removed after it was put. */
    private final Cache<Long, Subscription> subscriptions =
            Caffeine.newBuilder().maximumSize(MOST).expireAfterWrite(LIFETIME).build();

    /**
     * How much of an item is used.
     *
     * @param used in the running window
     * @param total the limit, or {@link PlanUnit#UNLIMITED}
     */
    public record ItemUsage(long used, long total) {}

    private Plans(Database database, Bus bus, InstantSource clock) {
        this.database = database;
        this.bus = bus;
        this.clock = clock;
        this.settings =
                LiveSetting.open(new SettingStore(database), bus, SETTING, PlanSettings.class, PlanSettings.NONE);
        this.announcements = bus.subscribe(TOPIC, this::announced);
    }

    /** Returns the mapper types that the database must know. */
    public static List<Class<?>> mappers() {
        return List.of(PlanMapper.class);
    }

    /** Reads the settings and follows changes until closed. */
    public static Plans open(Database database, Bus bus, InstantSource clock) {
        return new Plans(database, bus, clock);
    }

    /** Returns the settings in force. */
    public PlanSettings settings() {
        return settings.current();
    }

    /**
     * Changes the settings, durably.
     *
     * @param change returns the new settings from the stored ones, or throws to leave them; may be called more than once
     */
    public void update(UnaryOperator<PlanSettings> change) {
        settings.update(change);
    }

    /** Replaces the settings, durably. */
    public void update(PlanSettings changed) {
        update(before -> changed);
    }

    /** Returns the subscription of a user, {@link Subscription#none} when there is none. */
    public Subscription find(long userId) {
        return subscriptions.get(userId, this::load);
    }

    /** Returns the subscriptions of those of the users who ever had one, as they are stored. */
    public Map<Long, Subscription> findAll(Collection<Long> userIds) {
        if (userIds.isEmpty()) {
            return Map.of();
        }
        String users = userIds.stream().map(String::valueOf).collect(Collectors.joining(","));
        Map<Long, Subscription> found = new HashMap<>();
        database.read(PlanMapper.class, mapper -> mapper.findAll(users))
                .forEach(row -> found.put(row.userId(), PlanRows.subscription(row)));
        return found;
    }

    /** Returns the level of a user that counts now: 0 for none, also while plans are switched off. */
    public int level(long userId) {
        return settings.current().enabled() ? find(userId).level(clock.instant()) : 0;
    }

    /** Returns the group of a user: normal, basic, standard or pro. */
    public String group(long userId) {
        return Subscription.group(level(userId));
    }

    /**
     * Returns the unit that is to be taken for a request, or empty when the user's plan does not contain the model.
     *
     * @param alone whether credits may not pay when the units are used up
     */
    public Optional<PlanUnit> unit(long userId, String model, boolean alone) {
        PlanSettings now = settings.current();
        if (!now.enabled()) {
            return Optional.empty();
        }
        Instant at = clock.instant();
        Subscription held = find(userId);
        return now.plan(held.level(at))
                .flatMap(plan -> plan.item(model))
                .map(item -> new PlanUnit(item.id(), months(now, held).begin(at), item.value(), alone));
    }

    /** Returns how much of each item of a user's plan is used in the running window, in the order of the plan. */
    public Map<String, ItemUsage> usage(long userId) {
        PlanSettings now = settings.current();
        Instant at = clock.instant();
        Subscription held = find(userId);
        Optional<Plan> plan = now.enabled() ? now.plan(held.level(at)) : Optional.empty();
        if (plan.isEmpty()) {
            return Map.of();
        }
        UnitsUsed used = UnitsUsed.since(
                months(now, held).begin(at), database.read(PlanMapper.class, mapper -> mapper.usages(userId)));
        Map<String, ItemUsage> usage = new LinkedHashMap<>();
        for (PlanItem item : plan.get().items()) {
            usage.put(item.id(), new ItemUsage(used.of(item), item.value()));
        }
        return usage;
    }

    /** Returns when the counters of a user begin anew, or empty without a plan. */
    public Optional<Instant> refreshAt(long userId) {
        PlanSettings now = settings.current();
        Instant at = clock.instant();
        Subscription held = find(userId);
        return now.enabled() && held.active(at) ? Optional.of(months(now, held).end(at)) : Optional.empty();
    }

    /** Returns how many users have a plan of each level now. */
    public Map<Integer, Long> subscribers() {
        return database.read(PlanMapper.class, mapper -> mapper.active(clock.millis())).stream()
                .collect(Collectors.toMap(PlanMapper.LevelCount::level, PlanMapper.LevelCount::users));
    }

    /** Returns what a user has, read from the database. */
    Holding holding(long userId) {
        return database.read(PlanMapper.class, mapper -> Holding.read(mapper, userId));
    }

    /** Says that a subscription was changed. */
    void changed(long userId) {
        subscriptions.invalidate(userId);
        bus.publish(TOPIC, Long.toString(userId));
    }

    /** Stops following changes. */
    @Override
    public void close() {
        announcements.close();
        settings.close();
    }

    private static Months months(PlanSettings settings, Subscription held) {
        return new Months(held.anchorAt(), settings.zoneId());
    }

    private Subscription load(long userId) {
        return holding(userId).subscription();
    }

    private void announced(String message) {
        try {
            subscriptions.invalidate(Long.parseLong(message));
        } catch (NumberFormatException e) {
            subscriptions.invalidateAll();
        }
    }
}
