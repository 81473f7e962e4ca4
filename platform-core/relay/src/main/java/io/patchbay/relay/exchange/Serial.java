package io.patchbay.relay.exchange;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs tasks one at a time and in order, on whichever thread brings them: the first to come drains the queue. So one
 * call's state needs no locks, and an event that finds the call idle costs no thread switch. Tasks must not block.
 */
public final class Serial implements Executor {
    private static final Logger log = LoggerFactory.getLogger(Serial.class);

    private final Queue<Runnable> tasks = new ConcurrentLinkedQueue<>();
    private final AtomicInteger pending = new AtomicInteger();

    @Override
    public void execute(Runnable task) {
        tasks.add(task);
        if (pending.getAndIncrement() == 0) {
            drain();
        }
    }

    private void drain() {
        do {
            Runnable task = tasks.poll();
            try {
                if (task != null) {
                    task.run();
                }
            } catch (RuntimeException | LinkageError e) {
                log.error("a relay step failed unexpectedly", e);
            }
        } while (pending.decrementAndGet() > 0);
    }
}
