package io.patchbay.relay.call;

import io.patchbay.relay.channel.BoundChannel;
import io.patchbay.relay.channel.Channel;
import io.patchbay.relay.exchange.Head;
import io.patchbay.relay.task.Task;
import io.patchbay.relay.task.TaskFlows;
import io.patchbay.spi.Bytes;
import io.patchbay.spi.Fault;
import io.patchbay.spi.FaultKind;
import io.patchbay.spi.Flow;
import io.patchbay.spi.task.Artifact;
import io.patchbay.spi.task.TaskRef;
import io.patchbay.spi.task.TaskWork;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Fetches one product of a task into a sink. One read is held at a time: the next is asked for when the sink has taken
 * the one before, on a thread that may block.
 */
final class TaskFetch extends TaskEntry<Void> {
    private static final Logger log = LoggerFactory.getLogger(TaskFetch.class);

    private final TaskRef ref;
    private final Artifact product;
    private final TaskFlows.Sink sink;
    private final Executor work;
    private final Future<?> deadline;
    private final CompletableFuture<Optional<Fault>> result = new CompletableFuture<>();
    private CompletableFuture<@Nullable Void> taking = CompletableFuture.completedFuture(null);

    /**
     * Prepares a fetch.
     *
     * @param most how long it may take
     */
    TaskFetch(
            RelayServices services,
            Task task,
            Channel channel,
            TaskRef ref,
            Artifact product,
            Duration most,
            TaskFlows.Sink sink) {
        super(services, task, channel, "content");
        this.ref = ref;
        this.product = product;
        this.sink = sink;
        this.work = services.tasks().work();
        this.deadline = services.timers()
                .after(
                        most,
                        () -> serial().execute(() -> cut(Fault.builder(
                                        FaultKind.RETRY, "the product did not come within " + most.toSeconds() + " s")
                                .sub("timeout")
                                .build())));
    }

    /** Returns what becomes of it; never fails. */
    CompletableFuture<Optional<Fault>> result() {
        return result;
    }

    @Override
    @Nullable
    Flow<Void> flow(TaskWork entered, BoundChannel channel) {
        return entered.content(ref, product, channel);
    }

    @Override
    void nothing() {
        cut(Fault.of(FaultKind.UNSUPPORTED, "the plugin of the channel fetches no products"));
    }

    @Override
    void ended(@Nullable Fault fault) {
        deadline.cancel(false);
        // What the sink is still taking is part of the product.
        taking.whenComplete((nothing, failure) ->
                result.complete(Optional.ofNullable(fault == null && failure != null ? untaken(failure) : fault)));
    }

    private Fault untaken(Throwable failure) {
        Throwable cause =
                failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
        if (cause instanceof IllegalArgumentException refused) {
            return Fault.of(FaultKind.UPSTREAM, "the product is not kept: " + refused.getMessage());
        }
        if (cause instanceof UncheckedIOException disk) {
            log.warn("a product of a task could not be stored: {}", String.valueOf(disk.getCause()));
        } else {
            log.debug("a product of a task was not taken", cause);
        }
        return Fault.of(FaultKind.CONFIG, "the product could not be stored");
    }

    @Override
    EngagedHost<Void> host() {
        return new Taker();
    }

    private final class Taker extends Host {
        private boolean passing;
        private byte @Nullable [] piece;

        @Override
        public void event(Void nothing) {}

        @Override
        public boolean pass(Head head) {
            passing = true;
            return true;
        }

        @Override
        public void passed(Bytes bytes) {
            piece = bytes.copy();
        }

        @Override
        public void rest(Runnable resume) {
            byte[] taken = piece;
            piece = null;
            if (taken == null) {
                resume.run();
                return;
            }
            taking = taking.thenRunAsync(() -> sink.write(taken), work);
            taking.whenComplete((nothing, failure) -> serial().execute(() -> {
                if (failure == null) {
                    resume.run();
                } else {
                    cut(untaken(failure));
                }
            }));
        }

        @Override
        public boolean contentSeen() {
            return passing;
        }

        @Override
        public void finished() {
            if (passing) {
                finish();
            } else {
                engagement().fail(Fault.of(FaultKind.PLUGIN, "the plugin handed no product on"));
            }
        }
    }
}
