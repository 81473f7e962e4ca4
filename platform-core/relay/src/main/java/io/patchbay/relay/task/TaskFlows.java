package io.patchbay.relay.task;

import io.patchbay.spi.Fault;
import io.patchbay.spi.task.Artifact;
import io.patchbay.spi.task.Notice;
import io.patchbay.spi.task.Noticed;
import io.patchbay.spi.task.TaskNews;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * Enters the plugins for tasks that were handed in. Each entry takes a lease on the current generation of the channel
 * type and gives it back when its short flow has ended, so that a plugin is replaced in seconds while its tasks run for
 * hours. Safe for many threads.
 */
public interface TaskFlows {
    /**
     * What came of asking.
     *
     * @param news in the order told, maybe none
     * @param fault why the asking failed; says nothing of the task
     */
    record Asked(List<TaskNews> news, @Nullable Fault fault) {
        public Asked {
            news = List.copyOf(news);
        }
    }

    /** Asks how the task stands; never blocks and never fails otherwise than by {@link Asked#fault}. */
    CompletableFuture<Asked> check(Task task);

    /** Takes a product as it comes, one piece after the other; may block. */
    interface Sink {
        /**
         * Takes a piece.
         *
         * @param piece not to be changed while it is taken
         * @throws IllegalArgumentException with a sentence when the product is not taken
         * @throws java.io.UncheckedIOException when it could not be stored
         */
        void write(byte[] piece);
    }

    /**
     * Fetches a product that only the channel's key can fetch.
     *
     * @param most how long that may take
     * @return never blocks; completes when the sink has taken all of it, or with the fault; never fails
     */
    CompletableFuture<Optional<Fault>> fetch(Task task, Artifact product, Duration most, Sink sink);

    /** Stops the task at the upstream where that is possible; nobody waits for it. */
    void cancel(Task task);

    /**
     * Reads a call of the upstream.
     *
     * @param caller the address of whoever calls
     * @return what came of it, or {@code null} when the caller is not allowed to call, or nobody can read it
     */
    @Nullable
    Noticed noticed(Task task, Notice notice, String caller);
}
