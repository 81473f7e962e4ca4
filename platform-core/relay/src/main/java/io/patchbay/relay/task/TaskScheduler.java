package io.patchbay.relay.task;

import io.patchbay.relay.exchange.Timers;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Knows when which task is to be asked for, and lets no more than {@value #MOST_AT_ONCE} be asked for at once. One
 * timer serves all; nothing here blocks. Safe for many threads.
 */
final class TaskScheduler implements AutoCloseable {
    /** The most checks at once. */
    static final int MOST_AT_ONCE = 64;

    private static final Logger log = LoggerFactory.getLogger(TaskScheduler.class);
    private static final Duration AFTER_CRASH = Duration.ofSeconds(10);

    /** Asks for a task. */
    interface Check {
        /** Begins to ask and returns at once; completes with when to ask again, empty when nothing follows. */
        CompletableFuture<Optional<Instant>> begin(String id);
    }

    private record Entry(Instant due, String id) implements Comparable<Entry> {
        @Override
        public int compareTo(Entry other) {
            int byTime = due.compareTo(other.due);
            return byTime != 0 ? byTime : id.compareTo(other.id);
        }
    }

    private final Check check;
    private final Timers timers;
    private final InstantSource clock;
    private final Object lock = new Object();
    /** The waiting ones by time; those that are being asked for are in {@link #running} only. */
    private final TreeSet<Entry> waiting = new TreeSet<>();

    private final Map<String, Entry> byId = new HashMap<>();
    /** Those being asked for, with a time that somebody wished for meanwhile. */
    private final Map<String, Optional<Instant>> running = new HashMap<>();

    private @Nullable Future<?> alarm;
    private @Nullable Instant alarmAt;
    private boolean closed;

    TaskScheduler(Check check, Timers timers, InstantSource clock) {
        this.check = check;
        this.timers = timers;
        this.clock = clock;
    }

    /** Has a task asked for at that time, or earlier if that was known already. */
    void add(String id, Instant due) {
        synchronized (lock) {
            if (closed) {
                return;
            }
            if (running.containsKey(id)) {
                running.merge(id, Optional.of(due), TaskScheduler::earlier);
                return;
            }
            Entry known = byId.get(id);
            if (known == null || due.isBefore(known.due())) {
                put(new Entry(due, id));
                arm();
            }
        }
    }

    /** Has a task that waits asked for earlier; others are left alone. */
    void hurry(String id, Instant due) {
        synchronized (lock) {
            if (byId.containsKey(id) || running.containsKey(id)) {
                add(id, due);
            }
        }
    }

    /** Asks for a task no more. */
    void remove(String id) {
        synchronized (lock) {
            Entry known = byId.remove(id);
            if (known != null) {
                waiting.remove(known);
            }
        }
    }

    /** Returns how many tasks are known. */
    int size() {
        synchronized (lock) {
            return byId.size() + running.size();
        }
    }

    /** Begins the checks that are due. */
    void tick() {
        while (true) {
            Entry due;
            synchronized (lock) {
                due = waiting.isEmpty() ? null : waiting.first();
                if (closed
                        || due == null
                        || running.size() >= MOST_AT_ONCE
                        || due.due().isAfter(clock.instant())) {
                    arm();
                    return;
                }
                remove(due.id());
                running.put(due.id(), Optional.empty());
            }
            begin(due.id());
        }
    }

    private void begin(String id) {
        CompletableFuture<Optional<Instant>> asked;
        try {
            asked = check.begin(id);
        } catch (RuntimeException e) {
            asked = CompletableFuture.failedFuture(e);
        }
        asked.whenComplete((next, failure) -> {
            if (failure != null) {
                log.error("the check of task {} failed unexpectedly", id, failure);
            }
            again(id, failure == null ? next : Optional.of(clock.instant().plus(AFTER_CRASH)));
        });
    }

    private void again(String id, Optional<Instant> next) {
        boolean full;
        synchronized (lock) {
            full = running.size() >= MOST_AT_ONCE;
            Optional<Instant> wish = running.remove(id);
            if (!closed && next.isPresent()) {
                put(new Entry(
                        earlier(next, wish == null ? Optional.empty() : wish).orElseThrow(), id));
                arm();
            }
        }
        if (full) {
            tick();
        }
    }

    private static Optional<Instant> earlier(Optional<Instant> one, Optional<Instant> other) {
        if (one.isEmpty() || other.isEmpty()) {
            return one.isEmpty() ? other : one;
        }
        return one.get().isBefore(other.get()) ? one : other;
    }

    private void put(Entry entry) {
        Entry before = byId.put(entry.id(), entry);
        if (before != null) {
            waiting.remove(before);
        }
        waiting.add(entry);
    }

    /** Sets the alarm to the first that waits, unless nobody could begin then. */
    private void arm() {
        if (closed || waiting.isEmpty() || running.size() >= MOST_AT_ONCE) {
            return;
        }
        Instant due = waiting.first().due();
        if (alarm != null && !alarm.isDone() && alarmAt != null && !due.isBefore(alarmAt)) {
            return;
        }
        if (alarm != null) {
            alarm.cancel(false);
        }
        alarmAt = due;
        alarm = timers.after(Duration.between(clock.instant(), due), this::ring);
    }

    private void ring() {
        synchronized (lock) {
            alarm = null;
        }
        tick();
    }

    @Override
    public void close() {
        synchronized (lock) {
            closed = true;
            waiting.clear();
            byId.clear();
            if (alarm != null) {
                alarm.cancel(false);
            }
        }
    }
}
