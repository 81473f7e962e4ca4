package io.patchbay.relay.task;

import io.patchbay.foundation.database.Database;
import io.patchbay.foundation.state.Subscription;
import io.patchbay.spi.Fault;
import io.patchbay.spi.task.TaskNews;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * All tasks, and who waits for them. A change is one update that takes effect only when nobody changed the row in
 * between, so news may come from checks, calls of upstreams and other nodes at once. Methods block on the database
 * unless they say otherwise. Safe for many threads.
 */
final class TaskBoard {
    private static final Logger log = LoggerFactory.getLogger(TaskBoard.class);
    private static final int ATTEMPTS = 20;

    /** A task before and after a change; both are equal when nothing changed. */
    record Change(Task before, Task after) {
        boolean changed() {
            return before.version() != after.version();
        }

        boolean ended() {
            return after.isFinal() && !before.isFinal();
        }

        /** Returns whether the upstream's id has become known. */
        boolean accepted() {
            return before.state().upstreamId() == null && after.state().upstreamId() != null;
        }
    }

    private final Database database;
    private final InstantSource clock;
    private final Map<String, List<TaskListener>> listeners = new ConcurrentHashMap<>();

    TaskBoard(Database database, InstantSource clock) {
        this.database = database;
        this.clock = clock;
    }

    /** Stores a new task. */
    Task insert(TaskOrigin origin, TaskState state, TaskBill bill, String hookHash) {
        Task task = new Task(origin, state, bill, 0, 1, origin.createdAt(), null);
        TaskRow row = TaskCodec.row(task, hookHash, origin.createdAt());
        database.write(transaction -> transaction.mapper(TaskMapper.class).insert(row));
        return task;
    }

    Optional<Task> find(String id) {
        return found(database.read(TaskMapper.class, mapper -> mapper.find(id)));
    }

    Optional<Task> byHook(String hash) {
        return found(database.read(TaskMapper.class, mapper -> mapper.byHook(hash)));
    }

    Optional<Task> ofUser(long user, String channelType, String upstreamId) {
        return found(database.read(TaskMapper.class, mapper -> mapper.ofUser(user, channelType, upstreamId)));
    }

    private static Optional<Task> found(@Nullable TaskRow row) {
        return Optional.ofNullable(row).map(TaskCodec::task);
    }

    /** Returns what a node has not finished; a row that cannot be read is left out. */
    List<Task> unfinished(String node) {
        return database.read(TaskMapper.class, mapper -> mapper.unfinished(node)).stream()
                .<Task>mapMulti((row, into) -> {
                    try {
                        into.accept(TaskCodec.task(row));
                    } catch (RuntimeException e) {
                        log.error("task {} cannot be read and is left out", row.id(), e);
                    }
                })
                .toList();
    }

    /**
     * Adds news to a task.
     *
     * @throws IllegalArgumentException when there is no such task
     */
    Change merge(String id, TaskNews news) {
        return change(id, state -> state.merged(news), false);
    }

    /** Ends a task that was not accepted; whoever ordered it keeps its reservation. */
    Change handBack(String id, Fault fault) {
        return change(id, state -> state.merged(TaskNews.failed(fault)), true);
    }

    private Change change(String id, UnaryOperator<TaskState> how, boolean closed) {
        for (int attempt = 1; attempt <= ATTEMPTS; attempt++) {
            Change change =
                    database.write(transaction -> tryChange(transaction.mapper(TaskMapper.class), id, how, closed));
            if (change != null) {
                return change;
            }
        }
        throw new IllegalStateException("task " + id + " changes too fast");
    }

    /** Returns {@code null} when somebody else was faster. */
    private @Nullable Change tryChange(TaskMapper mapper, String id, UnaryOperator<TaskState> how, boolean closed) {
        Task before = found(mapper.find(id)).orElseThrow(() -> new IllegalArgumentException("there is no task " + id));
        TaskState state = how.apply(before.state());
        if (state.equals(before.state())) {
            return new Change(before, before);
        }
        Instant now = clock.instant();
        Task after = new Task(
                before.origin(),
                state,
                closed ? closed(before.bill()) : before.bill(),
                before.checks(),
                before.version(),
                now,
                state.phase().isFinal() ? now : null);
        return mapper.update(TaskCodec.row(after, "", now)) == 0 ? null : new Change(before, withVersion(after));
    }

    private static TaskBill closed(TaskBill bill) {
        return new TaskBill(bill.hold(), bill.micro(), bill.priceVersion(), bill.inputEstimate(), true);
    }

    private static Task withVersion(Task task) {
        return new Task(
                task.origin(),
                task.state(),
                task.bill(),
                task.checks(),
                task.version() + 1,
                task.updatedAt(),
                task.finishedAt());
    }

    /** Notes a check and when the next one is due. */
    void checked(String id, Instant next) {
        database.write(transaction -> transaction.mapper(TaskMapper.class).checked(id, next.toEpochMilli()));
    }

    /** Replaces the reservation a task is paid from; {@code null} for none. */
    Task hold(Task task, @Nullable String hold) {
        database.write(transaction -> transaction.mapper(TaskMapper.class).hold(task.id(), hold));
        TaskBill bill = task.bill();
        return new Task(
                task.origin(),
                task.state(),
                new TaskBill(hold, bill.micro(), bill.priceVersion(), bill.inputEstimate(), bill.closed()),
                task.checks(),
                task.version(),
                task.updatedAt(),
                task.finishedAt());
    }

    /** Notes that a task is paid for. */
    void close(String id) {
        database.write(transaction -> transaction.mapper(TaskMapper.class).close(id));
    }

    // ---- who waits ----

    /** Tells the listener of this task, until the subscription is closed or the task has ended. Does not block. */
    Subscription watch(String id, TaskListener listener) {
        listeners.computeIfAbsent(id, unknown -> new CopyOnWriteArrayList<>()).add(listener);
        return () -> listeners.computeIfPresent(id, (known, waiting) -> {
            waiting.remove(listener);
            return waiting.isEmpty() ? null : waiting;
        });
    }

    /** Tells all who wait. Does not block. */
    void tell(Task task) {
        tell(listeners.getOrDefault(task.id(), List.of()), listener -> listener.changed(task));
    }

    /** Tells all who wait that nothing follows. Does not block. */
    void tell(TaskEnd end) {
        List<TaskListener> waiting = listeners.remove(end.task().id());
        tell(waiting == null ? List.of() : waiting, listener -> listener.ended(end));
    }

    private static void tell(List<TaskListener> waiting, Consumer<TaskListener> what) {
        for (TaskListener listener : waiting) {
            try {
                what.accept(listener);
            } catch (RuntimeException e) {
                log.error("whoever waits for a task failed", e);
            }
        }
    }
}
