package io.patchbay.relay.call;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.patchbay.accounts.Agent;
import io.patchbay.accounts.Caller;
import io.patchbay.billing.admission.Admitted;
import io.patchbay.billing.ledger.Reservation;
import io.patchbay.billing.tokens.TokenCounter;
import io.patchbay.foundation.config.RelayConfig;
import io.patchbay.foundation.state.Subscription;
import io.patchbay.kernel.ChannelTypes;
import io.patchbay.kernel.Lease;
import io.patchbay.kernel.OfferedType;
import io.patchbay.relay.channel.BoundChannel;
import io.patchbay.relay.channel.Channel;
import io.patchbay.relay.exchange.Serial;
import io.patchbay.relay.exchange.Timers;
import io.patchbay.relay.exchange.UpstreamClient;
import io.patchbay.relay.task.Task;
import io.patchbay.relay.task.TaskEnd;
import io.patchbay.relay.task.TaskFault;
import io.patchbay.relay.task.TaskFlows;
import io.patchbay.relay.task.TaskWorld;
import io.patchbay.spi.ChannelDescriptor;
import io.patchbay.spi.ChannelType;
import io.patchbay.spi.ChannelView;
import io.patchbay.spi.Fault;
import io.patchbay.spi.FaultKind;
import io.patchbay.spi.Flow;
import io.patchbay.spi.Minted;
import io.patchbay.spi.Next;
import io.patchbay.spi.Secret;
import io.patchbay.spi.Text;
import io.patchbay.spi.config.ConfigField;
import io.patchbay.spi.task.Artifact;
import io.patchbay.spi.task.Notice;
import io.patchbay.spi.task.Noticed;
import io.patchbay.spi.task.TaskNews;
import io.patchbay.spi.task.TaskOrder;
import io.patchbay.spi.task.TaskPhase;
import io.patchbay.spi.task.TaskRef;
import io.patchbay.spi.task.TaskWork;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Handing work in: what becomes of every way the upstream, the plugin and the client can behave. */
final class TaskErrandTest {
    private static final ChannelDescriptor DESCRIPTOR = ChannelDescriptor.builder("midjourney", Text.of("T"))
            .defaultEndpoint("http://127.0.0.1:9")
            .secretPart(ConfigField.builder("key", ConfigField.Kind.SECRET, Text.of("Key"))
                    .required()
                    .build())
            .option(ConfigField.builder("hookCallers", ConfigField.Kind.TEXT, Text.of("Callers"))
                    .fallback("192.0.2.0/24")
                    .build())
            .build();
    private static final TaskNews ACCEPTED =
            TaskNews.builder(TaskPhase.QUEUED).upstreamId("17").build();
    private static final TaskNews DONE = TaskNews.builder(TaskPhase.SUCCEEDED)
            .artifact(Artifact.image("https://cdn.example/grid.png"))
            .build();

    @TempDir
    private Path home;

    private final AtomicInteger leases = new AtomicInteger();
    private final AtomicInteger submits = new AtomicInteger();
    private final Type type = new Type();
    private TaskWorld world;
    private UpstreamClient client;
    private Timers timers;
    private RelayServices services;

    /** A type that does tasks as each test says. */
    private final class Type implements ChannelType, TaskWork {
        volatile Flow<TaskNews> submit = turn -> Next.fail(Fault.of(FaultKind.RATE, "queue full"));
        volatile BiFunction<TaskRef, Notice, Noticed> notices = (task, notice) -> Noticed.NOTHING;
        volatile @Nullable Flow<Minted> minting;

        @Override
        public ChannelDescriptor descriptor() {
            return DESCRIPTOR;
        }

        @Override
        public @Nullable Flow<Minted> mint(ChannelView channel) {
            return minting;
        }

        @Override
        public TaskWork tasks() {
            return this;
        }

        @Override
        public Flow<TaskNews> submit(TaskOrder order, ChannelView channel) {
            submits.incrementAndGet();
            return submit;
        }

        @Override
        public Flow<TaskNews> check(TaskRef task, ChannelView channel) {
            return turn -> {
                turn.emit(TaskNews.builder(TaskPhase.RUNNING)
                        .progress(50)
                        .memo(task.upstreamId() + " with "
                                + channel.secret("key").reveal())
                        .build());
                return Next.done();
            };
        }

        @Override
        public Noticed noticed(TaskRef task, Notice notice) {
            return notices.apply(task, notice);
        }
    }

    /** A call that remembers what it was told, and does as an attempt does. */
    private final class Call implements Engagement.Client, TaskErrand.Client {
        final Serial serial = new Serial();
        final List<String> told = new CopyOnWriteArrayList<>();
        final CompletableFuture<String> end = new CompletableFuture<>();
        final Engagement engagement;
        final TaskOrder order;
        final TaskErrand errand;

        Call(String request, TaskOrder order, String group) {
            this.order = order;
            world.ledger.reserve(new Reservation(
                    request, TaskWorld.USER, TaskWorld.PRICE, "mj", world.prices.version(), world.clock.instant()));
            engagement = new Engagement(services, serial, world.channel(), TaskWorld.USER, "", this);
            Caller caller = new Caller(TaskWorld.USER, "u", false, Agent.API_KEY, group, 1);
            Admitted admitted = new Admitted(request, world.prices.find("mj").orElseThrow(), TaskWorld.PRICE);
            errand = new TaskErrand(
                    world.tasks, serial, engagement, new TaskErrand.Origin(request, caller, admitted, 3, false), this);
            serial.execute(() -> engagement.start("key one"));
        }

        @Override
        public void ready(ChannelType ready, BoundChannel channel) {
            errand.submit((TaskWork) ready, order, channel);
        }

        @Override
        public void failed(Fault fault) {
            if (!errand.flowFailed(fault)) {
                refused(fault);
            }
        }

        @Override
        public Collection<String> missed(Collection<String> dropped) {
            return dropped.stream().filter(field -> !field.equals("secret")).toList();
        }

        @Override
        public void elsewhere(Channel channel, String keyLine) {
            errand.release();
            end.complete("elsewhere: " + channel.id() + " " + keyLine);
        }

        @Override
        public void refused(Fault fault) {
            errand.release();
            end.complete("refused: " + fault.kind() + ": " + fault.message());
        }

        @Override
        public void changed(Task task) {
            told.add(task.state().phase() + " " + task.state().progress());
        }

        @Override
        public void ended(TaskEnd done) {
            errand.release();
            end.complete("ended: " + done.task().state().phase());
        }

        String end() {
            return end.orTimeout(10, TimeUnit.SECONDS).join();
        }
    }

    @BeforeEach
    void open() throws Exception {
        world = new TaskWorld(home);
        RelayConfig config = new RelayConfig(
                Duration.ofSeconds(2),
                Duration.ofSeconds(5),
                Duration.ofSeconds(5),
                Duration.ofSeconds(30),
                Duration.ofSeconds(10),
                64,
                RelayConfig.UnmappedFields.REPORT,
                false,
                true);
        client = new UpstreamClient(config, world.clock);
        timers = new Timers(client.executor());
        services = new RelayServices(
                config,
                new Offering(),
                null,
                null,
                null,
                world.ledger,
                new TokenCounter(),
                client,
                timers,
                new Minting(client, timers, world.clock),
                null,
                new Memos(world.clock),
                null,
                null,
                world.tasks,
                null,
                null,
                world.clock);
    }

    @AfterEach
    void close() {
        await().untilAsserted(
                        () -> assertThat(leases).as("every lease comes back").hasValue(0));
        assertThat(world.violations()).isEmpty();
        timers.close();
        client.close();
        world.close();
    }

    private Call call(String request) {
        return new Call(request, world.order(), Caller.NORMAL_GROUP);
    }

    private static Flow<TaskNews> telling(TaskNews... news) {
        return turn -> {
            for (TaskNews one : news) {
                turn.emit(one);
            }
            return Next.done();
        };
    }

    private Optional<Task> task() {
        return world.tasks.ofUser(TaskWorld.USER, "midjourney", "17");
    }

    private void awaitAccepted() {
        await().until(() -> task().isPresent());
    }

    @Test
    void acceptedWorkIsWaitedForWithoutALease() {
        type.submit = telling(ACCEPTED);
        Call call = call("r1");
        await().until(() -> !call.told.isEmpty());
        await().untilAsserted(() -> assertThat(leases).hasValue(0));
        world.tasks.news(task().orElseThrow().id(), DONE);
        assertThat(call.end()).isEqualTo("ended: SUCCEEDED");
        assertThat(world.ledger.balance(TaskWorld.USER).used()).isEqualTo(TaskWorld.PRICE);
    }

    @Test
    void workThatIsDoneAtOnceIsPaidForAtOnce() {
        type.submit = telling(DONE);
        assertThat(call("r1").end()).isEqualTo("ended: SUCCEEDED");
        assertThat(world.ledger.balance(TaskWorld.USER).used()).isEqualTo(TaskWorld.PRICE);
    }

    @Test
    void fieldsThatTheUpstreamDoesNotSeeAreToldOfTheCallBeforeItsAnswerBegins() {
        type.submit = turn -> {
            turn.dropped(List.of("style"));
            turn.emit(ACCEPTED);
            return Next.done();
        };
        Call call = new Call("r1", losing("size", "n", "secret"), Caller.NORMAL_GROUP);
        await().until(() -> !call.told.isEmpty());
        assertThat(call.engagement.dropped()).containsExactly("n", "size", "style");
        world.tasks.news(task().orElseThrow().id(), DONE);
        assertThat(call.end()).isEqualTo("ended: SUCCEEDED");
    }

    @Test
    void aChannelThatPassesEverythingOnRefusesAnOrderThatLosesFields() {
        world.channels.update(1, TaskErrandTest::refusing);
        Call call = new Call("r1", losing("size"), Caller.NORMAL_GROUP);
        assertThat(call.end()).startsWith("refused: UNSUPPORTED: the upstream of this model does not take: size");
        assertThat(submits).hasValue(0);
        assertThat(world.ledger.outcome("r1")).isEmpty();
        assertThat(new Call("r2", losing("secret"), Caller.NORMAL_GROUP).end())
                .as("what is not told does not count")
                .startsWith("refused: RATE");
    }

    private static Channel refusing(Channel channel) {
        return new Channel(
                channel.id(),
                channel.name(),
                channel.type(),
                channel.priority(),
                channel.weight(),
                channel.models(),
                channel.attempts(),
                channel.keys(),
                channel.endpoint(),
                channel.mapping(),
                channel.active(),
                channel.groups(),
                channel.proxy(),
                Map.of("unmappedFields", "\"refuse\""));
    }

    private static TaskOrder losing(String... fields) {
        return TaskOrder.builder("IMAGINE", "mj", "mj")
                .prompt("a cat")
                .dropped(List.of(fields))
                .build();
    }

    @Test
    void refusedWorkLeavesTheReservationToTheCall() {
        Call call = call("r1");
        assertThat(call.end()).isEqualTo("refused: RATE: queue full");
        assertThat(world.ledger.outcome("r1")).isEmpty();
        assertThat(world.ledger.balance(TaskWorld.USER).reserved()).isEqualTo(TaskWorld.PRICE);
    }

    @Test
    void aFaultAfterTheIdIsNoReasonToGiveTheWorkUp() {
        type.submit = turn -> {
            turn.emit(ACCEPTED);
            return Next.fail(Fault.of(FaultKind.UPSTREAM, "nonsense"));
        };
        Call call = call("r1");
        awaitAccepted();
        world.tasks.news(task().orElseThrow().id(), DONE);
        assertThat(call.end()).isEqualTo("ended: SUCCEEDED");
    }

    @Test
    void workWhoseIdIsNotToldMayBeRunningAndIsHandedInNowhereElse() {
        type.submit = telling(TaskNews.builder(TaskPhase.QUEUED).build());
        assertThat(call("r1").end()).startsWith("refused: UNKNOWN_OUTCOME");
    }

    @Test
    void whyATaskFailedIsKeptWithoutTheKey() {
        type.submit = telling(
                ACCEPTED,
                TaskNews.failed(Fault.builder(
                                FaultKind.UPSTREAM,
                                "the account of key one at http://127.0.0.1:9 is paused, see https://x.example/a")
                        .vendorCode("new_api_error")
                        .build()));
        assertThat(call("r1").end()).isEqualTo("ended: FAILED");
        assertThat(task().orElseThrow().state().fault())
                .extracting(TaskFault::message, TaskFault::vendorCode)
                .containsExactly(
                        "the account of *** at channel://1 is paused, see [address]", "chatnio_upstream_error");
    }

    @Test
    void aPluginThatBreaksIsAFaultLikeOthers() {
        type.submit = turn -> {
            throw new IllegalStateException("oops");
        };
        assertThat(call("r1").end()).isEqualTo("refused: PLUGIN: the plugin failed with IllegalStateException: oops");
    }

    @Test
    void aStaleCredentialIsMintedAnewForTheSameTask() {
        AtomicInteger minted = new AtomicInteger();
        type.minting = turn -> {
            turn.emit(
                    Minted.of("token", Secret.of("t" + minted.incrementAndGet()), turn.now(), Duration.ofMinutes(10)));
            return Next.done();
        };
        AtomicInteger tries = new AtomicInteger();
        type.submit = turn -> {
            if (tries.incrementAndGet() == 1) {
                return Next.fail(Fault.of(FaultKind.KEY_STALE, "old token"));
            }
            turn.emit(ACCEPTED);
            turn.emit(DONE);
            return Next.done();
        };
        assertThat(call("r1").end()).isEqualTo("ended: SUCCEEDED");
        assertThat(submits).hasValue(2);
        assertThat(minted).hasValue(2);
        assertThat(world.violations()).isEmpty();
    }

    @Test
    void aClientThatLeavesDuringTheSubmitDoesNotStopIt() {
        type.submit = turn -> Next.pause(Duration.ofMillis(300), () -> {
            turn.emit(ACCEPTED);
            return Next.done();
        });
        Call call = call("r1");
        await().until(() -> submits.get() == 1);
        CompletableFuture<Boolean> goesOn = new CompletableFuture<>();
        call.serial.execute(() -> goesOn.complete(call.errand.leave()));
        assertThat(goesOn.join()).isTrue();
        call.serial.execute(call.errand::release);
        awaitAccepted();
        world.tasks.news(task().orElseThrow().id(), DONE);
        await().until(() -> world.ledger.balance(TaskWorld.USER).used() == TaskWorld.PRICE);
        assertThat(call.told).isEmpty();
        assertThat(call.end).isNotDone();
    }

    @Test
    void whenTheClientHasLeftARefusalGivesTheReservationBack() {
        type.submit = turn ->
                Next.pause(Duration.ofMillis(300), () -> Next.fail(Fault.of(FaultKind.CONTENT, "a banned word")));
        Call call = call("r1");
        await().until(() -> submits.get() == 1);
        call.serial.execute(() -> {
            call.errand.leave();
            call.errand.release();
        });
        await().until(() -> world.ledger.balance(TaskWorld.USER).available() == 1_000_000);
        assertThat(call.end).isNotDone();
    }

    @Test
    void whatFollowsIsSentToTheChannelAndKeyOfItsParent() {
        world.accepted("r0", "17");
        TaskOrder follower =
                TaskOrder.builder("UPSCALE", "mj", "mj").parent("17").build();
        assertThat(new Call("r1", follower, Caller.NORMAL_GROUP).end())
                .as("the parent was handed in with the second key")
                .isEqualTo("elsewhere: 1 key two");
        assertThat(submits).hasValue(0);
        TaskOrder unknown =
                TaskOrder.builder("UPSCALE", "mj", "mj").parent("18").build();
        assertThat(new Call("r2", unknown, Caller.NORMAL_GROUP).end())
                .isEqualTo("refused: BAD_REQUEST: unknown task 18");
        world.channels.switchTo(1, false);
        assertThat(new Call("r3", follower, Caller.NORMAL_GROUP).end()).contains("no longer there");
    }

    @Test
    void checksUseTheKeyOfTheTask() {
        Task task = world.accepted("r1", "17");
        EngagedTasks entries = new EngagedTasks(services, world.tasks.channels());
        TaskFlows.Asked asked =
                entries.check(task).orTimeout(10, TimeUnit.SECONDS).join();
        assertThat(asked.fault()).isNull();
        assertThat(asked.news()).singleElement().extracting(TaskNews::memo).isEqualTo("17 with key two");
        world.channels.delete(1);
        Fault fault = entries.check(task).orTimeout(10, TimeUnit.SECONDS).join().fault();
        assertThat(String.valueOf(fault)).startsWith("CONFIG");
        entries.cancel(task);
    }

    @Test
    void callsOfTheUpstreamAreReadOnlyFromAllowedAddressesAndNeverBreakAnything() {
        Task task = world.accepted("r1", "17");
        EngagedTasks entries = new EngagedTasks(services, world.tasks.channels());
        Notice notice = new Notice("POST", Map.of(), "", "{}", null);
        type.notices = (ref, told) -> Noticed.of(ref.upstreamId().equals("17") ? DONE : ACCEPTED);
        assertThat(entries.noticed(task, notice, "198.51.100.1")).isNull();
        assertThat(entries.noticed(task, notice, "")).isNull();
        Noticed noticed = entries.noticed(task, notice, "192.0.2.9");
        assertThat(noticed).isNotNull().extracting(Noticed::news).isEqualTo(DONE);
        type.notices = (ref, told) -> Noticed.of(TaskNews.failed(
                Fault.of(FaultKind.UPSTREAM, "key two is banned at http://127.0.0.1:9/mj, see https://x.example/a")));
        Noticed failed = entries.noticed(task, notice, "192.0.2.9");
        assertThat(failed).isNotNull();
        assertThat(failed.news().fault().message()).isEqualTo("*** is banned at channel://1/mj, see [address]");
        type.notices = (ref, told) -> {
            throw new NoClassDefFoundError("gone");
        };
        assertThat(entries.noticed(task, notice, "192.0.2.9")).isEqualTo(Noticed.NOTHING);
    }

    private final class Offering implements ChannelTypes {
        @Override
        public Optional<Lease<ChannelType>> lease(String id) {
            leases.incrementAndGet();
            return Optional.of(new Lease<>() {
                private boolean open = true;

                @Override
                public ChannelType service() {
                    if (!open) {
                        throw new IllegalStateException("the lease was given back");
                    }
                    return type;
                }

                @Override
                public String pluginId() {
                    return "plugin";
                }

                @Override
                public String pluginVersion() {
                    return "1.2.3";
                }

                @Override
                public long generation() {
                    return 4;
                }

                @Override
                public void close() {
                    if (open) {
                        open = false;
                        leases.decrementAndGet();
                    }
                }
            });
        }

        @Override
        public List<OfferedType> all() {
            return List.of();
        }

        @Override
        public Subscription onChange(Runnable listener) {
            throw new UnsupportedOperationException();
        }
    }
}
