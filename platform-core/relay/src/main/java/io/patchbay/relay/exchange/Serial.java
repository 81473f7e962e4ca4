package io.patchbay.relay.exchange;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs tasks one at a time and in order, on whichever thread brings them: the first to come drains the queue. So one
 * call's state needs no locks, and an event that finds the call idle costs no thread switch. Tasks must not block, but
 * those of plugins may take their time; a thread that has none brings its tasks by {@link #executeQuickly}.
 */
public final class Serial implements Executor {
    private static final Logger log = LoggerFactory.getLogger(Serial.class);

    private final Queue<Runnable> tasks = new ConcurrentLinkedQueue<>();
    private final AtomicInteger pending = new AtomicInteger();

    /** The thread that drains the queue and must not wait, seen by itself; others see that they are not it. */
    private @Nullable Thread hurried;

    /** A task that may run on any thread. */
    private record Quick(Runnable task) implements Runnable {
        @Override
        public void run() {
            task.run();
        }
    }

    /** Runs the task; one that is brought by a quick task is as quick. */
    @Override
    public void execute(Runnable task) {
        boolean quick = Thread.currentThread() == hurried;
        tasks.add(quick ? new Quick(task) : task);
        if (pending.getAndIncrement() == 0) {
            drain();
        }
    }

    /**
     * Runs the task on a thread that must not wait, such as the one that looks after all connections. What other threads
     * bring meanwhile by {@link #execute} is left to others.
     *
     * @param task must be quick, and all it brings
     * @param others take over what is not
     */
    void executeQuickly(Runnable task, Executor others) {
        tasks.add(new Quick(task));
        if (pending.getAndIncrement() == 0) {
            drainQuickly(others);
        }
    }

    private void drain() {
        do {
            runNext();
        } while (pending.decrementAndGet() > 0);
    }

    private void drainQuickly(Executor others) {
        do {
            if (!(tasks.peek() instanceof Quick) && handedOver(others)) {
                return;
            }
            hurried = Thread.currentThread();
            try {
                runNext();
            } finally {
                hurried = null;
            }
        } while (pending.decrementAndGet() > 0);
    }

    private boolean handedOver(Executor others) {
        try {
            others.execute(this::drain);
            return true;
        } catch (RejectedExecutionException e) {
            // They are shutting down. A call that ends late is better than one that never does.
            return false;
        }
    }

    private void runNext() {
        Runnable task = tasks.poll();
        try {
            if (task != null) {
                task.run();
            }
        } catch (RuntimeException | LinkageError e) {
            log.error("a relay step failed unexpectedly", e);
        }
    }
}
