package io.patchbay.foundation.setting;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.patchbay.foundation.database.SettingStore;
import io.patchbay.foundation.database.SettingStore.Setting;
import io.patchbay.foundation.json.Json;
import io.patchbay.foundation.state.Bus;
import io.patchbay.foundation.state.Subscription;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One setting of the site: a JSON document of the {@link SettingStore} that is in force as an immutable value.
 *
 * <p>Reading is a look at a snapshot and takes no lock. A change is in force on this node when {@link #update} returns;
 * other nodes learn of it over the bus, under the setting's own name as topic, or within a minute by looking.
 *
 * <p>The type checks itself: its constructor throws on what is not allowed. It must also give a meaning to members that
 * are absent, which arrive as null, 0 or false, because an older version of the program did not write them.
 *
 * <p>A stored text that cannot be read as the type is reported once in the log, without its content, and the value that
 * was in force stays; the next update replaces it.
 *
 * <p>Safe for use by many threads.
 *
 * @param <T> an immutable type that Jackson writes and reads, usually a record
 */
public final class LiveSetting<T> implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(LiveSetting.class);
    private static final Duration LOOK_EVERY = Duration.ofMinutes(1);

    private final SettingStore store;
    private final Bus bus;
    private final String name;
    private final Class<T> type;
    private final T initial;
    private final Duration lookEvery;
    private final Object reloading = new Object();
    private final BlockingQueue<String> nudges = new ArrayBlockingQueue<>(1);
    private final Subscription subscription;
    private final Thread watcher;
    private volatile Snapshot<T> snapshot;
    private volatile boolean closed;

    /**
     * What is in force.
     *
     * @param text what was stored when this was read, null when nothing was; the value need not come from it
     */
    private record Snapshot<T>(@Nullable String text, T value) {}

    private LiveSetting(SettingStore store, Bus bus, String name, Class<T> type, T initial, Duration lookEvery) {
        this.store = store;
        this.bus = bus;
        this.name = name;
        this.type = type;
        this.initial = initial;
        this.lookEvery = lookEvery;
        this.snapshot = new Snapshot<>(null, initial);
        this.subscription = bus.subscribe(name, nudges::offer);
        this.watcher = Thread.ofVirtual().name("setting-" + name).unstarted(this::watch);
    }

    /**
     * Reads a setting and follows the changes of other nodes until closed.
     *
     * @param name its name in the store and its topic on the bus
     * @param initial what is in force while nothing is stored
     * @throws io.patchbay.foundation.database.DatabaseException when the store cannot be read
     */
    public static <T> LiveSetting<T> open(SettingStore store, Bus bus, String name, Class<T> type, T initial) {
        return open(store, bus, name, type, initial, LOOK_EVERY);
    }

    /** As {@link #open(SettingStore, Bus, String, Class, Object)}, for tests that cannot wait for a minute. */
    static <T> LiveSetting<T> open(
            SettingStore store, Bus bus, String name, Class<T> type, T initial, Duration lookEvery) {
        LiveSetting<T> setting = new LiveSetting<>(store, bus, name, type, initial, lookEvery);
        try {
            setting.reload();
        } catch (RuntimeException | Error e) {
            setting.subscription.close();
            throw e;
        }
        setting.watcher.start();
        return setting;
    }

    /** Returns the value in force; cheap. */
    public T current() {
        return snapshot.value();
    }

    /**
     * Changes the setting, durably, however many others change it at the same time. Blocks on the database.
     *
     * @param change returns the new value from the stored one, or throws to leave it as it is; may be called more than
     *     once
     * @return the value in force afterwards
     */
    public T update(UnaryOperator<T> change) {
        Setting stored = store.update(name, "", text -> Json.write(change.apply(before(text))));
        T value = reload();
        bus.publish(name, Long.toString(stored.version()));
        log.info("setting \"{}\" changed: version {}", name, stored.version());
        return value;
    }

    /** Stops following the changes of other nodes; the value in force stays readable. */
    @Override
    public void close() {
        closed = true;
        subscription.close();
        // Not interrupted: that would break the connection of a read under way.
        nudges.offer("");
    }

    private T before(String text) {
        // An unreadable text must not stand in the way of the change that repairs it.
        return text.isEmpty() ? initial : read(text).orElseGet(this::current);
    }

    /** Wakes at each message, and by itself because the bus may lose one. */
    private void watch() {
        try {
            nudges.poll(lookEvery.toNanos(), TimeUnit.NANOSECONDS);
            while (!closed) {
                reloadOrWarn();
                nudges.poll(lookEvery.toNanos(), TimeUnit.NANOSECONDS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void reloadOrWarn() {
        try {
            reload();
        } catch (RuntimeException e) {
            if (closed) {
                return; // the database may be closed as well
            }
            log.warn("setting \"{}\" cannot be read from the database, going on with the value in force", name, e);
        }
    }

    /** Reads under a lock, so that an older state can never overtake a newer one. */
    private T reload() {
        synchronized (reloading) {
            String text = store.find(name).map(Setting::value).orElse(null);
            Snapshot<T> before = snapshot;
            if (text == null) {
                snapshot = new Snapshot<>(null, initial);
            } else if (!text.equals(before.text())) {
                snapshot = new Snapshot<>(text, read(text).orElseGet(() -> unreadable(before.value())));
            }
            return snapshot.value();
        }
    }

    private T unreadable(T kept) {
        log.error(
                "the stored setting \"{}\" is not valid and is ignored; save it again in the administration to mend it",
                name);
        return kept;
    }

    private Optional<T> read(String text) {
        try {
            return Optional.ofNullable(Json.read(text, type));
        } catch (JsonProcessingException e) {
            log.debug("setting \"{}\" does not fit {}", name, type.getSimpleName());
            return Optional.empty();
        }
    }
}
