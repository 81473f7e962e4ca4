package io.patchbay.relay.record;

import io.patchbay.foundation.database.Database;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Deletes request records that are older than the site keeps them: once an hour, a thousand in one transaction, with
 * pauses between, so that calls never wait for it. Other tables are not touched, the ledger least of all.
 *
 * <p>Each node sweeps. That two do so at the same time costs a few empty deletions and does no harm, so there is no lock.
 */
final class RecordSweeper implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(RecordSweeper.class);
    private static final int BATCH = 1_000;
    private static final Duration EVERY = Duration.ofHours(1);
    private static final Duration PAUSE = Duration.ofMillis(100);
    private static final long DAY_MS = Duration.ofDays(1).toMillis();

    private final Database database;
    private final Supplier<RecordRetention> retention;
    private final InstantSource clock;
    private final Duration every;
    private final Duration pause;
    private final CountDownLatch closing = new CountDownLatch(1);
    private final Thread thread;

    private RecordSweeper(
            Database database,
            Supplier<RecordRetention> retention,
            InstantSource clock,
            Duration every,
            Duration pause) {
        this.database = database;
        this.retention = retention;
        this.clock = clock;
        this.every = every;
        this.pause = pause;
        this.thread = Thread.ofVirtual().name("record-sweeper").unstarted(this::run);
    }

    /** Starts; the first sweep comes after an hour. */
    static RecordSweeper start(Database database, Supplier<RecordRetention> retention, InstantSource clock) {
        return start(database, retention, clock, EVERY, PAUSE);
    }

    /** As {@link #start(Database, Supplier, InstantSource)}, for tests that cannot wait for an hour. */
    static RecordSweeper start(
            Database database,
            Supplier<RecordRetention> retention,
            InstantSource clock,
            Duration every,
            Duration pause) {
        RecordSweeper sweeper = new RecordSweeper(database, retention, clock, every, pause);
        sweeper.thread.start();
        return sweeper;
    }

    private void run() {
        try {
            while (!closing.await(every.toNanos(), TimeUnit.NANOSECONDS)) {
                try {
                    sweep();
                } catch (RuntimeException e) {
                    log.warn("old request records could not be deleted; the next sweep will try again", e);
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void sweep() throws InterruptedException {
        int days = retention.get().kept();
        if (days == 0) {
            return;
        }
        long before = clock.millis() - days * DAY_MS;
        long deleted = 0;
        List<String> old = older(before);
        while (!old.isEmpty()) {
            List<String> batch = old;
            deleted += database.write(
                    transaction -> transaction.mapper(RecordQueryMapper.class).delete(batch));
            if (closing.await(pause.toNanos(), TimeUnit.NANOSECONDS)) {
                break;
            }
            old = older(before);
        }
        if (deleted > 0) {
            log.info("{} request records older than {} days deleted", deleted, days);
        }
    }

    private List<String> older(long before) {
        return database.read(RecordQueryMapper.class, mapper -> mapper.older(before, BATCH));
    }

    /** Stops after the transaction under way, and waits for that at most ten seconds. */
    @Override
    public void close() {
        closing.countDown();
        try {
            thread.join(Duration.ofSeconds(10));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
