package io.patchbay.relay.record;

import io.patchbay.foundation.bounds.HeapShare;
import io.patchbay.foundation.database.Database;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes request records behind the calls, many in one transaction. Money does not depend on it: the ledger is durable
 * on its own. The queue is bounded; when the database cannot keep up, records are dropped and counted.
 */
public final class RequestLog implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(RequestLog.class);
    private static final int CAPACITY = HeapShare.entries(20_000, 2_048, 16);
    private static final int BATCH = 1_000;

    /**
     * One transaction holds a sixteenth of what has gathered, but no fewer records than these: the ledger has its turn in
     * between, and a call that waits behind all of it would be among the slowest hundredth.
     */
    private static final int LEAST_SLICE = 20;

    private static final int SLICES = 16;

    /**
     * How long records may gather, in milliseconds: the ledger waits for its turn while they are written. A record can be
     * a moment late, a settlement cannot.
     */
    private static final int GATHERING = 100;

    private final Database database;
    private final BlockingQueue<RequestRecord> queue = new ArrayBlockingQueue<>(CAPACITY);
    private final AtomicLong dropped = new AtomicLong();
    private final Thread writer;
    private volatile boolean closing;

    /** Starts the writer. */
    public RequestLog(Database database) {
        this.database = database;
        this.writer = Thread.ofPlatform().daemon().name("request-log").start(this::write);
    }

    /** Queues a record; never blocks. */
    public void add(RequestRecord done) {
        if (!queue.offer(done) && dropped.getAndIncrement() % 1000 == 0) {
            log.warn("request records are dropped because the database cannot keep up ({} so far)", dropped.get());
        }
    }

    /** Returns how many records were dropped since the start. */
    public long dropped() {
        return dropped.get();
    }

    private void write() {
        List<RequestRecord> batch = new ArrayList<>(BATCH);
        while (!closing || !queue.isEmpty()) {
            try {
                RequestRecord first = queue.poll(200, TimeUnit.MILLISECONDS);
                if (first == null) {
                    continue;
                }
                batch.add(first);
                gather(batch);
                store(batch);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            } finally {
                batch.clear();
            }
        }
    }

    private void store(List<RequestRecord> batch) {
        int slice = Math.max(LEAST_SLICE, batch.size() / SLICES);
        for (int from = 0; from < batch.size(); from += slice) {
            List<RequestRecord> records = List.copyOf(batch.subList(from, Math.min(from + slice, batch.size())));
            try {
                database.writeUnsynced(transaction -> RequestRecordMapper.insert(transaction, records));
            } catch (RuntimeException e) {
                dropped.addAndGet(records.size());
                log.warn("{} request records could not be stored", records.size(), e);
            }
        }
    }

    private void gather(List<RequestRecord> batch) throws InterruptedException {
        if (queue.size() < BATCH && !closing) {
            TimeUnit.MILLISECONDS.sleep(GATHERING);
        }
        queue.drainTo(batch, BATCH - batch.size());
    }

    /** Writes what is queued, at most ten seconds. */
    @Override
    public void close() {
        closing = true;
        try {
            writer.join(TimeUnit.SECONDS.toMillis(10));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
