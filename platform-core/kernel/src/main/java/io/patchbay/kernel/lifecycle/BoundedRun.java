package io.patchbay.kernel.lifecycle;

import static java.util.Objects.requireNonNullElse;

import io.patchbay.kernel.Guarded;
import io.patchbay.kernel.PluginRejected;
import io.patchbay.kernel.RejectionCode;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * Runs plugin code on a thread of its own and waits for it, but not for ever.
 *
 * <p>Java cannot stop a thread: code that hangs keeps its thread, which is named after the plugin and is the only thing that is
 * lost. The thread ends with the work, so nothing the plugin leaves in thread-locals stays.
 */
final class BoundedRun {
    private BoundedRun() {}

    /**
     * Runs work.
     *
     * @param name the thread's name
     * @param limit how long to wait
     * @param work plugin code; its faults become {@link PluginRejected}
     * @param late receives a result that came after the limit, on the work's own thread
     * @throws PluginRejected when the work refused, failed, or took too long
     */
    static <T> T run(String name, Duration limit, Supplier<T> work, Consumer<T> late) {
        CompletableFuture<T> future = new CompletableFuture<>();
        Thread thread = Thread.ofPlatform()
                .name(name)
                .daemon()
                .inheritInheritableThreadLocals(false)
                .unstarted(() -> complete(future, work));
        thread.start();
        try {
            return future.get(limit.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            // Registered after the time-out: it runs at once when the work has just finished, and never when it was in
            // time.
            future.thenAccept(late);
            thread.interrupt();
            throw new PluginRejected(
                    RejectionCode.PROBE_TIMEOUT,
                    "no end after %d ms (thread %s is still running)".formatted(limit.toMillis(), name));
        } catch (ExecutionException e) {
            if (e.getCause() instanceof PluginRejected rejected) {
                throw rejected;
            }
            throw new PluginRejected(RejectionCode.START_FAILED, Guarded.describe(requireNonNullElse(e.getCause(), e)));
        } catch (InterruptedException e) {
            future.thenAccept(late);
            Thread.currentThread().interrupt();
            throw new PluginRejected(RejectionCode.STOPPING, "the kernel is stopping");
        }
    }

    private static <T> void complete(CompletableFuture<T> future, Supplier<T> work) {
        try {
            future.complete(work.get());
        } catch (Throwable e) {
            // Whatever it was, the waiting thread has to hear of it.
            future.completeExceptionally(e);
        }
    }
}
