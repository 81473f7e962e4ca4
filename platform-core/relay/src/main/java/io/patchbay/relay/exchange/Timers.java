package io.patchbay.relay.exchange;

import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** One clock thread for all calls; what is due runs on the given executor, so that a slow task delays nobody's time. */
public final class Timers implements AutoCloseable {
    private final ScheduledThreadPoolExecutor clock;
    private final Executor executor;

    /** Creates timers whose tasks run on that executor. */
    public Timers(Executor executor) {
        this.executor = executor;
        this.clock = new ScheduledThreadPoolExecutor(
                1, Thread.ofPlatform().daemon().name("relay-timers").factory());
        clock.setRemoveOnCancelPolicy(true);
        clock.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
    }

    /** Runs the task once after the delay, unless the returned handle is cancelled before. */
    public Future<?> after(Duration delay, Runnable task) {
        return clock.schedule(() -> executor.execute(task), Math.max(0, delay.toMillis()), TimeUnit.MILLISECONDS);
    }

    @Override
    public void close() {
        clock.shutdownNow();
    }
}
