package io.patchbay.relay.call;

import io.patchbay.accounts.Caller;
import io.patchbay.billing.admission.Admitted;
import io.patchbay.foundation.database.DatabaseException;
import io.patchbay.foundation.state.Subscription;
import io.patchbay.relay.channel.BoundChannel;
import io.patchbay.relay.channel.Channel;
import io.patchbay.relay.exchange.Serial;
import io.patchbay.relay.task.Task;
import io.patchbay.relay.task.TaskEnd;
import io.patchbay.relay.task.TaskListener;
import io.patchbay.relay.task.TaskNewsCopy;
import io.patchbay.relay.task.TaskRequest;
import io.patchbay.relay.task.Tasks;
import io.patchbay.spi.Fault;
import io.patchbay.spi.FaultKind;
import io.patchbay.spi.Flow;
import io.patchbay.spi.task.TaskNews;
import io.patchbay.spi.task.TaskOrder;
import io.patchbay.spi.task.TaskWork;
import java.time.Duration;
import java.util.Collection;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Hands a task in for one client's call and tells the call how it goes, to the end. Once the work is on its way, the
 * client may leave: the task goes on and pays for itself. Confined to the call's serial; what blocks is done beside it.
 */
public final class TaskErrand {
    private static final Logger log = LoggerFactory.getLogger(TaskErrand.class);
    private static final int RECORD_ATTEMPTS = 5;
    private static final Duration RECORD_PAUSE = Duration.ofMillis(500);

    /** The call. All methods are called inside its serial, none after {@link TaskErrand#leave}. */
    public interface Client {
        /**
         * The order follows a task that was made on another channel, or with another key, and must be handed in there.
         * Nothing more is called.
         */
        void elsewhere(Channel channel, String keyLine);

        /** The work was not accepted; the reservation is the call's. Nothing more is called. */
        void refused(Fault fault);

        /** Returns which of the fields that the upstream will not see the client is told of; all unless overridden. */
        default Collection<String> missed(Collection<String> dropped) {
            return dropped;
        }

        /** The task has changed and goes on. */
        void changed(Task task);

        /** The task is final and its reservation closed. Nothing more is called. */
        void ended(TaskEnd end);
    }

    /**
     * Whose task it is.
     *
     * @param inputEstimate input tokens by estimate
     * @param pinned whether channel and key are those of the task that the order follows already
     */
    public record Origin(String requestId, Caller caller, Admitted admitted, long inputEstimate, boolean pinned) {}

    private final Tasks tasks;
    private final Serial serial;
    private final Engagement engagement;
    private final Origin origin;
    private final Client client;
    private @Nullable Task task;
    private @Nullable TaskOrder order;
    private @Nullable Subscription watch;
    private CompletableFuture<@Nullable Void> feed = CompletableFuture.completedFuture(null);
    private boolean begun;
    private boolean submitting;
    private boolean accepted;
    private boolean refused;
    private boolean left;

    /** Creates an errand over an engagement that is ready. */
    public TaskErrand(Tasks tasks, Serial serial, Engagement engagement, Origin origin, Client client) {
        this.tasks = tasks;
        this.serial = serial;
        this.engagement = engagement;
        this.origin = origin;
        this.client = client;
    }

    /** Hands the order in; called once more with the same order when a minted credential was stale. */
    public void submit(TaskWork work, TaskOrder wanted, BoundChannel channel) {
        TaskOrder recorded = order;
        if (recorded != null) {
            run(work, recorded, channel);
        } else if (!begun) {
            begun = true;
            missing(wanted.dropped());
            Fault refusal = engagement.refusal();
            if (refusal != null) {
                engagement.fail(refusal);
                return;
            }
            String parent = wanted.parent();
            if (parent == null || parent.isEmpty() || origin.pinned()) {
                record(work, wanted, channel);
            } else {
                beside(
                        () -> tasks.ofUser(
                                origin.caller().userId(), engagement.channel().type(), parent),
                        found -> follow(found, work, wanted, channel));
            }
        }
    }

    private void missing(Collection<String> dropped) {
        Collection<String> missed = client.missed(dropped);
        if (!missed.isEmpty()) {
            engagement.dropped(missed);
        }
    }

    private void follow(Optional<Task> parent, TaskWork work, TaskOrder wanted, BoundChannel channel) {
        if (left) {
            return;
        }
        if (parent.isEmpty()) {
            engagement.fail(Fault.of(FaultKind.BAD_REQUEST, "unknown task " + wanted.parent()));
            return;
        }
        Channel home = tasks.channels()
                .channel(parent.get())
                .filter(made -> made.active() && made.serves(origin.caller().group()))
                .orElse(null);
        if (home == null) {
            engagement.fail(Fault.of(
                    FaultKind.BAD_REQUEST,
                    "task " + wanted.parent() + " was made on a channel that is no longer there; begin anew"));
            return;
        }
        String keyLine = tasks.channels().keyLine(parent.get(), home);
        if (home.id() == engagement.channel().id() && keyLine.equals(engagement.keyLine())) {
            record(work, wanted, channel);
        } else if (engagement.finish()) {
            client.elsewhere(home, keyLine);
        }
    }

    private void record(TaskWork work, TaskOrder wanted, BoundChannel channel) {
        TaskRequest request = new TaskRequest(
                origin.requestId(),
                origin.caller().userId(),
                origin.admitted(),
                origin.inputEstimate(),
                engagement.channel(),
                engagement.keyLine(),
                wanted);
        beside(() -> tasks.begin(request), recorded -> {
            task = recorded.task();
            order = recorded.order();
            if (left) {
                handBack(Fault.of(FaultKind.RETRY, "the client left before the task was handed in"), () -> {});
            } else {
                watch = tasks.watch(recorded.task().id(), new Listener());
                run(work, recorded.order(), channel);
            }
        });
    }

    private void run(TaskWork work, TaskOrder recorded, BoundChannel channel) {
        submitting = true;
        Flow<TaskNews> flow = engagement.guarded("submit", () -> work.submit(recorded, channel));
        engagement.run(flow, new Host());
    }

    /** Does what blocks on a thread of its own, and goes on in the serial unless the call has ended meanwhile. */
    private <T> void beside(Supplier<T> blocking, Consumer<T> then) {
        CompletableFuture.supplyAsync(blocking, tasks.work())
                .whenComplete((value, failure) -> serial.execute(() -> {
                    if (failure != null) {
                        engagement.fail(unrecorded(failure));
                    } else if (!engagement.over() || left) {
                        then.accept(value);
                    }
                }));
    }

    private static Fault unrecorded(Throwable failure) {
        Throwable cause = failure.getCause() == null ? failure : failure.getCause();
        if (cause instanceof IllegalStateException full) {
            return Fault.of(FaultKind.RATE, String.valueOf(full.getMessage()));
        }
        log.error("a task could not be recorded and was not handed in", failure);
        return Fault.of(FaultKind.UPSTREAM, "the task could not be recorded");
    }

    private void news(TaskNews news) {
        Task open = task;
        if (open == null) {
            return;
        }
        accepted |= news.upstreamId() != null || news.phase().isFinal();
        feed = feed.thenRunAsync(() -> record(open.id(), news), tasks.work());
    }

    /**
     * Work that runs at the upstream under an id nobody wrote down is lost, so a database that falters is given time.
     */
    private void record(String id, TaskNews news) {
        for (int attempt = 1; ; attempt++) {
            try {
                tasks.news(id, news);
                return;
            } catch (DatabaseException e) {
                if (attempt == RECORD_ATTEMPTS) {
                    throw e;
                }
                pause(attempt);
            }
        }
    }

    private static void pause(int attempt) {
        try {
            Thread.sleep(RECORD_PAUSE.multipliedBy(attempt));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("the server is stopping", e);
        }
    }

    /** The submit has ended well. */
    private void handedIn() {
        if (accepted) {
            feed.whenComplete((nothing, failure) -> serial.execute(() -> stored(failure)));
        } else {
            flowFailed(Fault.of(
                    FaultKind.UNKNOWN_OUTCOME, "the work was handed in, but its id was not told; it may be running"));
        }
    }

    private void stored(@Nullable Throwable failure) {
        if (failure == null) {
            submitted();
            return;
        }
        log.error("task {} was handed in, but its state could not be recorded", id(), failure);
        refuse(Fault.of(FaultKind.UNKNOWN_OUTCOME, "the work was handed in, but could not be recorded"));
    }

    /** Nothing of the plugin runs any more, however long the task does. */
    private void submitted() {
        submitting = false;
        engagement.release();
    }

    /**
     * The engagement has ended with a fault.
     *
     * @return false when the fault is the call's own, because nothing was handed in
     */
    public boolean flowFailed(Fault fault) {
        if (task == null || refused) {
            return false;
        }
        if (accepted) {
            // The upstream has the work; that the plugin could not say more is no reason to give it up.
            log.debug("task {}: the submit ended with {}", id(), fault);
            feed.whenComplete((nothing, failure) -> serial.execute(() -> stored(failure)));
        } else {
            refuse(fault);
        }
        return true;
    }

    private void refuse(Fault fault) {
        refused = true;
        submitted();
        unwatch();
        if (left) {
            // Nobody else is there any more to give the reservation back.
            tasks.work().execute(() -> tasks.news(id(), TaskNews.failed(fault)));
        } else {
            handBack(fault, () -> client.refused(fault));
        }
    }

    private void handBack(Fault fault, Runnable then) {
        CompletableFuture.runAsync(() -> tasks.handBack(id(), fault), tasks.work())
                .whenComplete((nothing, failure) -> serial.execute(() -> {
                    if (failure != null) {
                        log.warn("task {} failed, which could not be recorded", id(), failure);
                    }
                    if (!left) {
                        then.run();
                    }
                }));
    }

    private String id() {
        Task open = task;
        return open == null ? "" : open.id();
    }

    /**
     * The client is no longer there. Work that is on its way goes on.
     *
     * @return whether it goes on, and then closes the reservation itself
     */
    public boolean leave() {
        boolean goesOn = task != null && !refused;
        left = true;
        unwatch();
        if (!goesOn) {
            engagement.abandon();
        }
        return goesOn;
    }

    /** Gives the lease back as soon as nothing of the plugin runs. */
    public void release() {
        if (!submitting) {
            engagement.release();
        }
    }

    private void unwatch() {
        if (watch != null) {
            watch.close();
        }
    }

    private final class Listener implements TaskListener {
        @Override
        public void changed(Task changed) {
            serial.execute(() -> {
                if (!left) {
                    client.changed(changed);
                }
            });
        }

        @Override
        public void ended(TaskEnd end) {
            serial.execute(() -> {
                if (!left && !refused) {
                    client.ended(end);
                }
            });
        }
    }

    private final class Host extends EngagedHost<TaskNews> {
        Host() {
            super(engagement);
        }

        @Override
        public void event(TaskNews told) {
            news(TaskNewsCopy.cleaned(told, engagement::cleaned));
        }

        @Override
        public void dropped(Collection<String> fields) {
            missing(fields);
        }

        @Override
        public boolean contentSeen() {
            return accepted;
        }

        @Override
        public void note(String key, String value) {
            log.debug("task {}: {}={}", id(), key, value);
        }

        @Override
        public void finished() {
            if (engagement.finish()) {
                handedIn();
            }
        }
    }
}
