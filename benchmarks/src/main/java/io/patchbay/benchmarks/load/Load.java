package io.patchbay.benchmarks.load;

import io.patchbay.benchmarks.wire.EventLoop;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;

/** One or several plans under way at once, on one thread of their own; called by another. */
public final class Load implements AutoCloseable {
    private static final Duration REPLY = Duration.ofSeconds(30);

    private final EventLoop loop = new EventLoop();
    private final List<LoadGenerator> generators = new ArrayList<>();
    private final Thread thread = new Thread(loop, "load");

    private Load(List<LoadPlan> plans) {
        plans.forEach(plan -> generators.add(new LoadGenerator(loop, plan)));
    }

    /** Starts sending. */
    public static Load start(LoadPlan... plans) {
        Load load = new Load(List.of(plans));
        load.thread.setDaemon(true);
        load.thread.start();
        load.on(() -> {
            load.generators.forEach(LoadGenerator::start);
            return true;
        });
        return load;
    }

    /** Returns what each plan measured since the last mark or the start, and begins a new phase. */
    public List<Phase> mark() {
        return on(() -> generators.stream().map(LoadGenerator::mark).toList());
    }

    /** Returns the processor time its thread has used so far, in seconds. */
    public double cpuSeconds() {
        return ManagementFactory.getThreadMXBean().getThreadCpuTime(thread.threadId()) / 1e9;
    }

    /** Returns how many calls are under way. */
    public int busy() {
        return on(() -> generators.stream().mapToInt(LoadGenerator::busy).sum());
    }

    /**
     * Begins no further calls and waits for those under way; what is not complete by then has failed.
     *
     * @return what each plan measured since the last mark
     */
    public List<Phase> finish(Duration patience) {
        on(() -> {
            generators.forEach(LoadGenerator::end);
            return true;
        });
        long end = System.nanoTime() + patience.toNanos();
        while (busy() > 0 && System.nanoTime() < end) {
            pause(Duration.ofMillis(20));
        }
        on(() -> {
            generators.forEach(LoadGenerator::close);
            return true;
        });
        return mark();
    }

    /** Ends the thread; what is under way is cut. */
    @Override
    public void close() {
        loop.stop();
        try {
            thread.join(REPLY.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Lets that time of load pass. */
    public static void pause(Duration time) {
        try {
            Thread.sleep(time);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }

    private <T> T on(Supplier<T> work) {
        CompletableFuture<T> result = new CompletableFuture<>();
        loop.post(() -> {
            try {
                result.complete(work.get());
            } catch (RuntimeException e) {
                result.completeExceptionally(e);
            }
        });
        try {
            return result.get(REPLY.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        } catch (ExecutionException | TimeoutException e) {
            throw new IllegalStateException("the load generator does not answer", e);
        }
    }
}
