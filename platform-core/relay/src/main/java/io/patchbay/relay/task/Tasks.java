package io.patchbay.relay.task;

import io.patchbay.billing.ledger.Ledger;
import io.patchbay.billing.price.PriceBook;
import io.patchbay.foundation.database.Database;
import io.patchbay.foundation.ids.RequestId;
import io.patchbay.foundation.ids.SecureTokens;
import io.patchbay.foundation.state.Subscription;
import io.patchbay.relay.artifact.Artifacts;
import io.patchbay.relay.artifact.PromisedFiles;
import io.patchbay.relay.exchange.Timers;
import io.patchbay.spi.Fault;
import io.patchbay.spi.FaultKind;
import io.patchbay.spi.json.JsonValue;
import io.patchbay.spi.task.Notice;
import io.patchbay.spi.task.Noticed;
import io.patchbay.spi.task.TaskNews;
import io.patchbay.spi.task.TaskOrder;
import io.patchbay.spi.task.TaskPhase;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Work that is submitted and waited for.
 *
 * <p><b>Life of a task.</b> {@link #begin} writes its row; whoever called then hands it in and tells {@link #news} what
 * the upstream says. With the upstream's id it is accepted: from now on it is asked for until it is final, whether or
 * not a client waits, and at the end its reservation is closed here. Work the upstream refused is {@linkplain #handBack
 * handed back}: the caller keeps the reservation and may try another channel.
 *
 * <p><b>Restart.</b> Accepted tasks go on. A task without an upstream's id has failed with
 * {@link FaultKind#UNKNOWN_OUTCOME}: perhaps it runs and perhaps not, and handing it in again could be paid for twice.
 *
 * <p>Methods block on the database unless they say otherwise. Safe for many threads.
 */
public final class Tasks implements AutoCloseable {
    /** Where upstreams call, below the site's address; the token follows. */
    public static final String HOOK_PATH = "/api/hook/task/";

    /** How long a task may take before it counts as failed. */
    static final Duration LONGEST = Duration.ofMinutes(30);

    private static final Logger log = LoggerFactory.getLogger(Tasks.class);
    private static final int MOST_OPEN = 20_000;
    private static final int MOST_ACTION = 40;
    private static final int MOST_UPSTREAM_ID = 255;
    private static final int TOKEN_BYTES = 24;
    private static final List<String> DETAILS = List.of("seconds", "size");
    private static final Duration HURRY = Duration.ofSeconds(1);

    private final TaskBoard board;
    private final TaskMoney money;
    private final TaskProducts products;
    private final ProductFetches fetches;
    private final TaskChannels channels;
    private final TaskPace pace;
    private final TaskScheduler scheduler;
    private final TaskChecks checks;
    private final ExecutorService work;
    private final InstantSource clock;
    private final String node;
    private final String publicUrl;
    private volatile @Nullable TaskFlows flows;

    /**
     * What tasks need from the rest of the site.
     *
     * @param node the name of this installation
     * @param publicUrl the address of this site as upstreams know it, without a slash at the end; empty when there is
     *     none, and then upstreams cannot call
     * @param dice safe for many threads
     */
    public record Surroundings(
            Database database,
            Ledger ledger,
            PriceBook prices,
            Artifacts artifacts,
            TaskChannels channels,
            Timers timers,
            InstantSource clock,
            RandomGenerator dice,
            String node,
            String publicUrl) {}

    /** What was begun: the task, and the order as it is to be handed in. */
    public record Begun(Task task, TaskOrder order) {}

    /** Creates the engine at rest; {@link #start} sets it going. */
    public Tasks(Surroundings around) {
        this(around, FetchLimits.usual());
    }

    /** Creates the engine with bounds of its own for fetching products. */
    Tasks(Surroundings around, FetchLimits limits) {
        this.clock = around.clock();
        this.node = around.node();
        this.publicUrl = around.publicUrl();
        this.channels = around.channels();
        this.board = new TaskBoard(around.database(), clock);
        this.money = new TaskMoney(around.ledger(), around.prices(), board, clock);
        this.pace = new TaskPace(around.dice());
        this.work = Executors.newThreadPerTaskExecutor(
                Thread.ofVirtual().name("task-", 0).factory());
        this.fetches = new ProductFetches(
                around.database(), around.artifacts(), this::flows, around.timers(), work, clock, limits);
        this.products = new TaskProducts(around.artifacts(), fetches);
        this.checks = new TaskChecks(this, pace);
        this.scheduler = new TaskScheduler(checks, around.timers(), clock);
    }

    /** Returns the mappers to open the database with. */
    public static List<Class<?>> mappers() {
        return List.of(TaskMapper.class, ProductMapper.class);
    }

    /**
     * Takes up what an earlier process left, and begins to ask for tasks. To be called once, after the ledger's
     * recovery and before clients are let in.
     */
    public void start(TaskFlows entries) {
        flows = entries;
        List<Task> left = board.unfinished(node);
        for (Task task : left) {
            try {
                takeUp(task);
            } catch (RuntimeException e) {
                log.error("task {} could not be taken up", task.id(), e);
            }
        }
        if (!left.isEmpty()) {
            log.info("{} tasks of an earlier process were taken up", left.size());
        }
        fetches.resume(node);
    }

    private void takeUp(Task task) {
        if (!task.isFinal() && task.state().upstreamId() == null) {
            news(
                    task.id(),
                    TaskNews.failed(Fault.of(
                            FaultKind.UNKNOWN_OUTCOME,
                            "the server stopped while the task was handed in; the upstream may have started it")));
            return;
        }
        Task held = money.renewed(task);
        if (held.isFinal()) {
            end(held);
        } else {
            scheduler.add(held.id(), clock.instant().plus(pace.atStart()));
        }
    }

    // ---- handing in ----

    /**
     * Writes the row of a task that is about to be handed in.
     *
     * @throws io.patchbay.foundation.database.DatabaseException when it could not be written; nothing must be handed in
     *     then
     * @throws IllegalStateException with a sentence for the client when more tasks run than this server looks after
     */
    public Begun begin(TaskRequest request) {
        if (scheduler.size() >= MOST_OPEN) {
            throw new IllegalStateException("too many tasks are running; try again later");
        }
        TaskOrder order = request.order();
        String token = SecureTokens.hex(TOKEN_BYTES);
        String action = order.action();
        TaskOrigin origin = new TaskOrigin(
                RequestId.next(),
                request.requestId(),
                request.userId(),
                request.channel().id(),
                request.channel().type(),
                channels.mark(request.keyLine()),
                action.length() <= MOST_ACTION ? action : action.substring(0, MOST_ACTION),
                order.model(),
                order.publicModel(),
                node,
                Instant.ofEpochMilli(clock.millis()));
        TaskBill bill = new TaskBill(
                request.admitted().requestId(),
                request.admitted().reservedMicro(),
                request.admitted().price() == null
                        ? TaskMoney.NO_PRICE
                        : request.admitted().price().version(),
                request.inputEstimate(),
                false);
        Task task = board.insert(origin, TaskState.ordered(details(order)), bill, sha256(token));
        return new Begun(task, order.withHook(publicUrl.isEmpty() ? null : publicUrl + HOOK_PATH + token));
    }

    private static Map<String, String> details(TaskOrder order) {
        Map<String, String> details = new LinkedHashMap<>();
        for (String name : DETAILS) {
            JsonValue value = order.parameters().get(name);
            String text = value == null ? null : value.scalarText();
            if (text != null) {
                details.put(name, text);
            }
        }
        return details;
    }

    /** Ends a task the upstream did not accept; its reservation is the caller's again. */
    public void handBack(String id, Fault fault) {
        board.handBack(id, fault);
    }

    // ---- news ----

    /**
     * Adds news to a task, from whomever. A task that becomes final is paid for, and whoever waits is told.
     *
     * @return the task as it is now
     * @throws IllegalArgumentException when there is no such task
     */
    public Task news(String id, TaskNews told) {
        TaskBoard.Change change = board.merge(id, products.addressed(id, sound(told)));
        Task after = change.after();
        if (change.ended()) {
            scheduler.remove(id);
            end(after);
        } else if (change.changed()) {
            if (change.accepted()) {
                scheduler.add(id, clock.instant().plus(pace.next(0, told.checkAfter())));
            }
            board.tell(after);
        }
        return after;
    }

    private static TaskNews sound(TaskNews told) {
        String id = told.upstreamId();
        return id == null || id.length() <= MOST_UPSTREAM_ID
                ? told
                : TaskNews.failed(
                        Fault.of(FaultKind.PLUGIN, "the plugin told an id of " + id.length() + " characters"));
    }

    private void end(Task task) {
        money.close(task).thenAccept(board::tell);
        if (task.state().phase() == TaskPhase.SUCCEEDED) {
            fetches.taskEnded(task);
        }
    }

    /** Tells the listener of this task until it has ended or the subscription is closed; does not block. */
    public Subscription watch(String id, TaskListener listener) {
        return board.watch(id, listener);
    }

    /** Returns a task. */
    public Optional<Task> find(String id) {
        return board.find(id);
    }

    /** Returns a user's newest task of a channel type that the upstream knows by that id. */
    public Optional<Task> ofUser(long user, String channelType, String upstreamId) {
        return board.ofUser(user, channelType, upstreamId);
    }

    /**
     * Takes a call of an upstream. It is believed no more than merging allows, and the task is asked for regardless.
     *
     * @param caller the address of whoever calls
     * @return what to answer; empty when nothing has that address, or the caller may not call
     */
    public Optional<Noticed> noticed(String token, Notice notice, String caller) {
        TaskFlows entries = flows;
        Task task = entries == null ? null : board.byHook(sha256(token)).orElse(null);
        if (task == null || entries == null) {
            return Optional.empty();
        }
        Noticed noticed = entries.noticed(task, notice, caller);
        if (noticed == null) {
            return Optional.empty();
        }
        if (noticed.news() == null) {
            scheduler.hurry(task.id(), clock.instant().plus(HURRY));
        } else if (!task.isFinal()) {
            news(task.id(), noticed.news());
        }
        return Optional.of(noticed);
    }

    // ---- for others of this room ----

    /** Returns what brings the products that only the key of their channel can fetch. */
    public PromisedFiles promisedFiles() {
        return fetches;
    }

    /** Returns what finds the channels and keys of tasks. */
    public TaskChannels channels() {
        return channels;
    }

    /** Returns where work that blocks is done, each piece on a virtual thread of its own. */
    public Executor work() {
        return work;
    }

    TaskBoard board() {
        return board;
    }

    TaskScheduler scheduler() {
        return scheduler;
    }

    InstantSource clock() {
        return clock;
    }

    TaskFlows flows() {
        TaskFlows entries = flows;
        if (entries == null) {
            throw new IllegalStateException("the tasks were not started");
        }
        return entries;
    }

    private static String sha256(String token) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            return HexFormat.of().formatHex(digest.digest(token.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("this Java has no SHA-256", e);
        }
    }

    /** Asks no more; running tasks are left to the next process. */
    @Override
    public void close() {
        scheduler.close();
        fetches.close();
        work.shutdown();
        try {
            if (!work.awaitTermination(5, TimeUnit.SECONDS)) {
                work.shutdownNow();
            }
        } catch (InterruptedException e) {
            work.shutdownNow();
            Thread.currentThread().interrupt();
        }
    }
}
