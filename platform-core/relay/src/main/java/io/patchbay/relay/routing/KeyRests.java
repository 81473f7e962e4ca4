package io.patchbay.relay.routing;

import io.patchbay.foundation.database.Database;
import io.patchbay.foundation.state.Bus;
import io.patchbay.foundation.state.Subscription;
import io.patchbay.relay.channel.Channel;
import io.patchbay.relay.channel.Channels;
import io.patchbay.relay.routing.Standing.Phase;
import io.patchbay.spi.FaultKind;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the rests of keys that are dead or used up, so that a restarted node, and every other node, leaves them alone too.
 * Written behind the calls by one thread; of several changes of one key only the last is written. When the database does
 * not answer, a change is tried again: until then this node alone knows.
 */
final class KeyRests implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(KeyRests.class);
    private static final String TOPIC = "relay.key-rests";
    private static final int MOST_WAITING = 10_000;
    private static final Duration RETRY = Duration.ofSeconds(5);

    private record Place(long channel, String mark) {}

    private final Database database;
    private final Bus bus;
    private final Channels channels;
    private final Health health;
    private final Subscription subscription;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final Map<Place, Standing> waiting = new LinkedHashMap<>();
    private final Thread writer;

    /** The rests that are in the table as far as this node knows, by their beginning; of the writer only. */
    private final Map<Place, Long> stored = new HashMap<>();

    private boolean stale;
    private boolean closed;

    private KeyRests(Database database, Bus bus, Channels channels, Health health) {
        this.database = database;
        this.bus = bus;
        this.channels = channels;
        this.health = health;
        this.subscription = bus.subscribe(TOPIC, message -> nudge());
        this.writer = Thread.ofVirtual().name("key-rests").unstarted(this::work);
    }

    /** Takes over what is stored, and stores what the health finds out from now on. */
    static KeyRests open(Database database, Bus bus, Channels channels, Health health) {
        KeyRests rests = new KeyRests(database, bus, channels, health);
        rests.load();
        health.listen(rests::put);
        rests.writer.start();
        return rests;
    }

    private void put(long channel, String mark, Standing standing) {
        lock.lock();
        try {
            Place place = new Place(channel, mark);
            if (waiting.size() < MOST_WAITING || waiting.containsKey(place)) {
                waiting.put(place, standing);
                changed.signal();
            }
        } finally {
            lock.unlock();
        }
    }

    private void nudge() {
        lock.lock();
        try {
            stale = true;
            changed.signal();
        } finally {
            lock.unlock();
        }
    }

    private void work() {
        try {
            while (true) {
                boolean read;
                Map<Place, Standing> batch;
                lock.lockInterruptibly();
                try {
                    while (waiting.isEmpty() && !stale && !closed) {
                        changed.await();
                    }
                    if (closed && waiting.isEmpty()) {
                        return;
                    }
                    read = stale && !closed;
                    stale = false;
                    batch = new LinkedHashMap<>(waiting);
                    waiting.clear();
                } finally {
                    lock.unlock();
                }
                if (!store(batch) && pause()) {
                    return;
                }
                if (read) {
                    reload();
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Waits before a second try; returns whether the server stops meanwhile. */
    private boolean pause() throws InterruptedException {
        lock.lockInterruptibly();
        try {
            long left = RETRY.toNanos();
            while (!closed && left > 0) {
                left = changed.awaitNanos(left);
            }
            return closed;
        } finally {
            lock.unlock();
        }
    }

    private boolean store(Map<Place, Standing> batch) {
        if (batch.isEmpty()) {
            return true;
        }
        try {
            database.write(transaction -> {
                KeyRestMapper mapper = transaction.mapper(KeyRestMapper.class);
                batch.forEach((place, standing) -> {
                    mapper.delete(place.channel(), place.mark());
                    if (standing.phase() == Phase.RESTING) {
                        mapper.insert(row(place, standing));
                    }
                });
                return null;
            });
            batch.forEach(this::remember);
            bus.publish(TOPIC, "changed");
            return true;
        } catch (RuntimeException e) {
            log.warn("the rests of {} keys could not be stored yet", batch.size(), e);
            lock.lock();
            try {
                batch.forEach(waiting::putIfAbsent);
            } finally {
                lock.unlock();
            }
            return false;
        }
    }

    private void remember(Place place, Standing standing) {
        if (standing.phase() == Phase.RESTING) {
            stored.put(place, standing.since().toEpochMilli());
        } else {
            stored.remove(place);
        }
    }

    private static KeyRestRow row(Place place, Standing standing) {
        return new KeyRestRow(
                place.channel(),
                place.mark(),
                String.valueOf(standing.kind()),
                standing.reason(),
                standing.strikes(),
                standing.since().toEpochMilli(),
                Objects.requireNonNull(standing.until(), "a rest has an end").toEpochMilli());
    }

    private void reload() {
        try {
            load();
        } catch (RuntimeException e) {
            log.warn("the rests of keys could not be read", e);
        }
    }

    /** Takes over what is stored where it says more than this node knows. */
    private void load() {
        List<KeyRestRow> rows = new ArrayList<>(database.read(KeyRestMapper.class, KeyRestMapper::all));
        for (Channel channel : channels.all()) {
            for (KeyHealth key : health.of(channel).keys().values()) {
                KeyRestRow row = rows.stream()
                        .filter(one ->
                                one.channelId() == channel.id() && one.keyMark().equals(key.mark()))
                        .findFirst()
                        .orElse(null);
                compare(new Place(channel.id(), key.mark()), key.breaker, row);
            }
        }
    }

    private void compare(Place place, Breaker breaker, @Nullable KeyRestRow row) {
        if (waits(place)) {
            return; // this node knows better, and will say so
        }
        Standing known = breaker.standing();
        long since = known.since().toEpochMilli();
        if (row == null) {
            // Only what was stored, and is no more, was ended by another node; what is not stored yet is news.
            Long before = stored.remove(place);
            if (before != null && before == since && known.phase() == Phase.RESTING) {
                breaker.replace(known, Standing.fresh(health.now()));
            }
        } else if (known.kind() == null || since < row.since()) {
            stored.put(place, row.since());
            breaker.replace(known, standing(row));
        }
    }

    private boolean waits(Place place) {
        lock.lock();
        try {
            return waiting.containsKey(place);
        } finally {
            lock.unlock();
        }
    }

    private static Standing standing(KeyRestRow row) {
        Instant since = Instant.ofEpochMilli(row.since());
        Instant until = Instant.ofEpochMilli(row.untilAt());
        return new Standing(
                Phase.RESTING,
                row.strikes(),
                since,
                until,
                Duration.between(since, until),
                false,
                FaultKind.valueOf(row.kind()),
                row.reason());
    }

    /** Stores what waits, at most five seconds. */
    @Override
    public void close() {
        subscription.close();
        lock.lock();
        try {
            closed = true;
            changed.signal();
        } finally {
            lock.unlock();
        }
        try {
            writer.join(TimeUnit.SECONDS.toMillis(5));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
