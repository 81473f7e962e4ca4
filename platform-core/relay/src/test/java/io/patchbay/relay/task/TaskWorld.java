package io.patchbay.relay.task;

import io.patchbay.accounts.Accounts;
import io.patchbay.billing.Billing;
import io.patchbay.billing.admission.Admitted;
import io.patchbay.billing.ledger.Actor;
import io.patchbay.billing.ledger.Ledger;
import io.patchbay.billing.ledger.LedgerAudit;
import io.patchbay.billing.ledger.NodeIdentity;
import io.patchbay.billing.ledger.Reservation;
import io.patchbay.billing.price.Price;
import io.patchbay.billing.price.PriceBook;
import io.patchbay.billing.price.PriceRule;
import io.patchbay.foundation.config.DatabaseConfig;
import io.patchbay.foundation.config.SecurityConfig;
import io.patchbay.foundation.crypto.Encryption;
import io.patchbay.foundation.database.Database;
import io.patchbay.foundation.ids.RequestId;
import io.patchbay.foundation.state.Bus;
import io.patchbay.foundation.state.SharedState;
import io.patchbay.relay.artifact.Artifacts;
import io.patchbay.relay.channel.Channel;
import io.patchbay.relay.channel.ChannelCodec;
import io.patchbay.relay.channel.ChannelMapper;
import io.patchbay.relay.channel.Channels;
import io.patchbay.relay.channel.ModelMapping;
import io.patchbay.relay.exchange.ProxySetting;
import io.patchbay.relay.exchange.Timers;
import io.patchbay.spi.Fault;
import io.patchbay.spi.FaultKind;
import io.patchbay.spi.task.Artifact;
import io.patchbay.spi.task.Notice;
import io.patchbay.spi.task.Noticed;
import io.patchbay.spi.task.TaskNews;
import io.patchbay.spi.task.TaskOrder;
import io.patchbay.spi.task.TaskPhase;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/** Tasks over a database, a ledger and a clock of their own; plugins are played by a script. */
public final class TaskWorld implements AutoCloseable {
    public static final long USER = 7;
    public static final long PRICE = 100_000;

    /** What plugins say, by task; what is not scripted goes on without a word. */
    public static final class Script implements TaskFlows {
        public final Map<String, Queue<CompletableFuture<Asked>>> answers = new ConcurrentHashMap<>();
        public final List<String> checked = new CopyOnWriteArrayList<>();
        public final List<String> cancelled = new CopyOnWriteArrayList<>();
        public volatile @Nullable Noticed noticed = Noticed.NOTHING;
        public final List<String> fetched = new CopyOnWriteArrayList<>();
        public volatile BiFunction<Artifact, Sink, CompletableFuture<Optional<Fault>>> content = (product, sink) ->
                CompletableFuture.completedFuture(Optional.of(Fault.of(FaultKind.UPSTREAM, "no content is scripted")));

        public Script say(String id, TaskNews... news) {
            return say(id, CompletableFuture.completedFuture(new Asked(List.of(news), null)));
        }

        public Script fail(String id, Fault fault) {
            return say(id, CompletableFuture.completedFuture(new Asked(List.of(), fault)));
        }

        public Script say(String id, CompletableFuture<Asked> answer) {
            answers.computeIfAbsent(id, unknown -> new ConcurrentLinkedQueue<>())
                    .add(answer);
            return this;
        }

        @Override
        public CompletableFuture<Asked> check(Task task) {
            checked.add(task.id());
            CompletableFuture<Asked> next = answers.getOrDefault(task.id(), new ConcurrentLinkedQueue<>())
                    .poll();
            return next == null ? CompletableFuture.completedFuture(new Asked(List.of(), null)) : next;
        }

        @Override
        public CompletableFuture<Optional<Fault>> fetch(Task task, Artifact product, Duration most, Sink sink) {
            fetched.add(task.id() + " " + product.upstreamReference());
            return content.apply(product, sink);
        }

        @Override
        public void cancel(Task task) {
            cancelled.add(task.id());
        }

        @Override
        public @Nullable Noticed noticed(Task task, Notice notice, String caller) {
            return noticed;
        }
    }

    /** Remembers what it was told. */
    public static final class Ear implements TaskListener {
        public final List<Task> changes = new CopyOnWriteArrayList<>();
        public final CompletableFuture<TaskEnd> end = new CompletableFuture<>();

        @Override
        public void changed(Task task) {
            changes.add(task);
        }

        @Override
        public void ended(TaskEnd told) {
            if (!end.complete(told)) {
                throw new AssertionError("told twice");
            }
        }
    }

    /** Products are fetched two at once, three times each. */
    private static final FetchLimits LIMITS = new FetchLimits(
            2,
            100,
            Duration.ofSeconds(10),
            List.of(Duration.ofMillis(1), Duration.ofMillis(1)),
            Duration.ofSeconds(10),
            Duration.ofHours(24));

    private final AtomicReference<Instant> now = new AtomicReference<>(Instant.parse("2030-01-01T12:00:00Z"));
    private final Timers timers = new Timers(Runnable::run);
    public final InstantSource clock = now::get;
    public final Database database;
    public final PriceBook prices;
    public final Channels channels;
    public final Encryption encryption = new Encryption(new SecurityConfig(new byte[32], null), "channels");
    public final Script script = new Script();
    public final Artifacts artifacts;
    public Ledger ledger;
    public Tasks tasks;

    public TaskWorld(Path home) {
        this.artifacts = new Artifacts(home, "https://site.example");
        List<Class<?>> mappers = new ArrayList<>(Billing.mappers());
        mappers.addAll(Accounts.mappers());
        mappers.addAll(Tasks.mappers());
        mappers.add(ChannelMapper.class);
        database = Database.open(DatabaseConfig.sqlite(home.resolve("test.db")), mappers);
        Bus bus = SharedState.inProcess(clock).bus();
        prices = PriceBook.open(database, bus, clock);
        prices.set(new PriceRule(
                PriceBook.NEW_RULE, "times-billing", List.of("mj"), BigDecimal.ZERO, new BigDecimal("0.1"), false));
        channels = new Channels(database, new ChannelCodec(encryption), bus, clock);
        channels.create(new Channel(
                0,
                "proxy",
                "midjourney",
                0,
                1,
                List.of("mj"),
                1,
                List.of("key one", "key two"),
                "",
                ModelMapping.read(""),
                true,
                Set.of(),
                ProxySetting.NONE,
                Map.of()));
        ledger = openLedger();
        ledger.credit(USER, 1_000_000, new Actor(1, "root"), "test");
        tasks = openTasks();
        tasks.start(script);
    }

    private Ledger openLedger() {
        return Ledger.start(database, new NodeIdentity("node-1", RequestId.next()), clock);
    }

    private Tasks openTasks() {
        Random dice = new Random(1);
        return new Tasks(
                new Tasks.Surroundings(
                        database,
                        ledger,
                        prices,
                        artifacts,
                        new TaskChannels(channels, encryption),
                        timers,
                        clock,
                        dice,
                        "node-1",
                        "https://site.example"),
                LIMITS);
    }

    /** Ends everything in the midst of its work and starts a later process of the same node. */
    public void restart() {
        tasks.close();
        ledger.close();
        advance(Duration.ofSeconds(1));
        ledger = openLedger();
        ledger.recover(clock.instant());
        tasks = openTasks();
        tasks.start(script);
    }

    public void advance(Duration time) {
        now.updateAndGet(before -> before.plus(time));
    }

    /** Moves the clock and begins what is due then. */
    public void pass(Duration time) {
        advance(time);
        tasks.scheduler().tick();
    }

    public Channel channel() {
        return channels.all().getFirst();
    }

    public TaskOrder order() {
        return TaskOrder.builder("IMAGINE", "mj-upstream", "mj").prompt("a cat").build();
    }

    /** Reserves and writes the row, as a call does before it hands work in. */
    public Tasks.Begun begin(String request) {
        ledger.reserve(new Reservation(request, USER, PRICE, "mj", prices.version(), clock.instant()));
        Price price = prices.find("mj").orElseThrow();
        return tasks.begin(
                new TaskRequest(request, USER, new Admitted(request, price, PRICE), 12, channel(), "key two", order()));
    }

    /** Begins a task and has it accepted. */
    public Task accepted(String request, String upstreamId) {
        String id = begin(request).task().id();
        return tasks.news(
                id, TaskNews.builder(TaskPhase.QUEUED).upstreamId(upstreamId).build());
    }

    public Task task(String id) {
        return tasks.find(id).orElseThrow();
    }

    public List<LedgerAudit.Violation> violations() {
        return new LedgerAudit(database).violations();
    }

    @Override
    public void close() {
        tasks.close();
        ledger.close();
        channels.close();
        prices.close();
        timers.close();
        database.close();
    }
}
