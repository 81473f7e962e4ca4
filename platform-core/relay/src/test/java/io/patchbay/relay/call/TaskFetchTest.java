package io.patchbay.relay.call;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.patchbay.billing.tokens.TokenCounter;
import io.patchbay.foundation.config.RelayConfig;
import io.patchbay.foundation.state.Subscription;
import io.patchbay.kernel.ChannelTypes;
import io.patchbay.kernel.Lease;
import io.patchbay.kernel.OfferedType;
import io.patchbay.relay.exchange.Timers;
import io.patchbay.relay.exchange.UpstreamClient;
import io.patchbay.relay.task.Task;
import io.patchbay.relay.task.TaskFlows.Sink;
import io.patchbay.relay.task.TaskWorld;
import io.patchbay.spi.ChannelDescriptor;
import io.patchbay.spi.ChannelType;
import io.patchbay.spi.ChannelView;
import io.patchbay.spi.Fault;
import io.patchbay.spi.FaultKind;
import io.patchbay.spi.Flow;
import io.patchbay.spi.Next;
import io.patchbay.spi.Text;
import io.patchbay.spi.config.ConfigField;
import io.patchbay.spi.http.HttpRequest;
import io.patchbay.spi.task.Artifact;
import io.patchbay.spi.task.TaskNews;
import io.patchbay.spi.task.TaskOrder;
import io.patchbay.spi.task.TaskRef;
import io.patchbay.spi.task.TaskWork;
import io.patchbay.testkit.upstream.Script;
import io.patchbay.testkit.upstream.ScriptedUpstream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Fetching a product with the channel's key, over a real socket. */
final class TaskFetchTest {
    private static final Artifact FILM = Artifact.atUpstream("video", "film", "video/mp4");
    private static final Duration MINUTE = Duration.ofMinutes(1);

    @TempDir
    private Path home;

    private final AtomicInteger leases = new AtomicInteger();
    private ScriptedUpstream upstream;
    private TaskWorld world;
    private UpstreamClient client;
    private Timers timers;
    private EngagedTasks entries;
    private Task task;
    private volatile Flow<Void> content;

    /** A type that fetches as each test says. */
    private final class Type implements ChannelType, TaskWork {
        @Override
        public ChannelDescriptor descriptor() {
            return ChannelDescriptor.builder("midjourney", Text.of("T"))
                    .defaultEndpoint(upstream.endpoint())
                    .secretPart(ConfigField.secret("key", Text.of("Key")))
                    .build();
        }

        @Override
        public TaskWork tasks() {
            return this;
        }

        @Override
        public Flow<TaskNews> submit(TaskOrder order, ChannelView channel) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Flow<TaskNews> check(TaskRef ref, ChannelView channel) {
            throw new UnsupportedOperationException();
        }

        @Override
        public @Nullable Flow<Void> content(TaskRef ref, Artifact product, ChannelView channel) {
            Flow<Void> scripted = content;
            return scripted == null
                    ? turn -> Next.pass(
                            HttpRequest.get(channel.endpoint() + "/" + ref.upstreamId() + "/"
                                            + product.upstreamReference())
                                    .header("authorization", channel.secret("key"))
                                    .build(),
                            answer -> Next.fail(answer.fault()))
                    : scripted;
        }
    }

    /** Keeps what it takes. */
    private static final class Kept implements Sink {
        final ByteArrayOutputStream all = new ByteArrayOutputStream();
        volatile @Nullable RuntimeException refusal;
        volatile @Nullable CountDownLatch until;

        @Override
        public synchronized void write(byte[] piece) {
            RuntimeException why = refusal;
            if (why != null) {
                throw why;
            }
            CountDownLatch latch = until;
            try {
                if (latch != null && !latch.await(10, TimeUnit.SECONDS)) {
                    throw new IllegalStateException("the test forgot its latch");
                }
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
            all.writeBytes(piece);
        }
    }

    @BeforeEach
    void open() throws Exception {
        upstream = ScriptedUpstream.start();
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
        RelayServices services = new RelayServices(
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
        entries = new EngagedTasks(services, world.tasks.channels());
        task = world.accepted("r1", "17");
    }

    @AfterEach
    void close() {
        await().untilAsserted(
                        () -> assertThat(leases).as("every lease comes back").hasValue(0));
        timers.close();
        client.close();
        world.close();
        upstream.close();
    }

    private Optional<Fault> fetch(Sink sink, Duration most) {
        return entries.fetch(task, FILM, most, sink)
                .orTimeout(20, TimeUnit.SECONDS)
                .join();
    }

    private Fault refused(Sink sink) {
        return fetch(sink, MINUTE).orElseThrow();
    }

    @Test
    void aLargeProductIsTakenPieceByPieceWithTheKeyOfTheTask() {
        byte[] film = new byte[5 << 20];
        for (int i = 0; i < film.length; i++) {
            film[i] = (byte) (i * 31);
        }
        upstream.on("GET", "/17/film", Script.answer().body("video/mp4", film));
        Kept kept = new Kept();

        assertThat(fetch(kept, MINUTE)).isEmpty();
        assertThat(kept.all.toByteArray()).isEqualTo(film);
        assertThat(upstream.received().getFirst().header("authorization")).isEqualTo("key two");
    }

    @Test
    void theUpstreamIsReadNoFasterThanTheSinkTakes() {
        byte[] piece = new byte[64 * 1024];
        upstream.on(
                "GET", "/", Script.answer().header("content-type", "video/mp4").repeat(2_000, piece));
        Kept kept = new Kept();
        CountDownLatch latch = new CountDownLatch(1);
        kept.until = latch;
        CompletableFuture<Optional<Fault>> fetch = entries.fetch(task, FILM, MINUTE, kept);
        await().until(() -> upstream.active() == 1);
        assertThat(kept.all.size()).isZero();
        assertThat(fetch).isNotDone();
        latch.countDown();
        kept.until = null;
        assertThat(fetch.orTimeout(30, TimeUnit.SECONDS).join()).isEmpty();
        assertThat(kept.all.size()).isEqualTo(2_000 * piece.length);
    }

    @Test
    void whatIsRefusedOrCutOffIsAFault() {
        upstream.once("GET", "/", Script.answer(404).json("{\"error\":{\"message\":\"the video has expired\"}}"));
        Fault gone = refused(new Kept());
        assertThat(gone.message()).contains("expired");
        assertThat(gone.status()).isEqualTo(404);

        upstream.once("GET", "/", Script.answer().json("{\"error\":{\"message\":\"not yet\"}}"));
        assertThat(refused(new Kept()).message()).contains("not yet");

        upstream.once(
                "GET", "/", Script.answer().body("video/mp4", new byte[100_000]).cutAt(50_000));
        assertThat(refused(new Kept()).kind()).isEqualTo(FaultKind.TRUNCATED);
    }

    @Test
    void aSinkThatTakesNoMoreEndsTheFetchAndTheUpstreamIsCut() {
        upstream.on(
                "GET",
                "/",
                Script.answer()
                        .header("content-type", "video/mp4")
                        .chunk(new byte[1_000])
                        .stall());
        Kept picky = new Kept();
        picky.refusal = new IllegalArgumentException("a file is no film");
        assertThat(refused(picky)).satisfies(fault -> {
            assertThat(fault.kind()).isEqualTo(FaultKind.UPSTREAM);
            assertThat(fault.message()).contains("a file is no film");
        });
        upstream.awaitCancelled(1);

        Kept full = new Kept();
        full.refusal = new UncheckedIOException("full", new IOException("the disk is nearly full"));
        assertThat(refused(full)).satisfies(fault -> {
            assertThat(fault.kind()).isEqualTo(FaultKind.CONFIG);
            assertThat(fault.message()).doesNotContain("disk");
        });
        upstream.awaitCancelled(2);
    }

    @Test
    void aFetchHasItsTime() {
        upstream.on(
                "GET",
                "/",
                Script.answer()
                        .header("content-type", "video/mp4")
                        .chunk(new byte[1_000])
                        .stall());
        Fault late = fetch(new Kept(), Duration.ofMillis(300)).orElseThrow();
        assertThat(late.kind()).isEqualTo(FaultKind.RETRY);
        assertThat(late.sub()).isEqualTo("timeout");
        upstream.awaitCancelled(1);
    }

    @Test
    void aPluginThatHandsNothingOnIsAtFault() {
        content = turn -> Next.done();
        assertThat(refused(new Kept()).kind()).isEqualTo(FaultKind.PLUGIN);
        content = turn -> {
            throw new IllegalStateException("oops");
        };
        assertThat(refused(new Kept()).message()).contains("oops");
    }

    @Test
    void aChannelThatWasRemovedFetchesNothing() {
        world.channels.delete(world.channel().id());
        assertThat(refused(new Kept()).kind()).isEqualTo(FaultKind.CONFIG);
        assertThat(upstream.received()).isEmpty();
    }

    @Test
    void theKeyIsInNoFault() {
        upstream.on(
                "GET",
                "/",
                Script.answer(403)
                        .body(
                                "application/json",
                                "{\"error\":{\"message\":\"bad key: key two\"}}".getBytes(StandardCharsets.UTF_8)));
        assertThat(refused(new Kept()).message()).doesNotContain("key two");
    }

    @Test
    void theWholeWayEndsInAFile() throws IOException {
        byte[] film = "\0\0\0\30ftypisom and the rest of the film".getBytes(StandardCharsets.ISO_8859_1);
        upstream.on("GET", "/17/film", Script.answer().body("video/mp4", film).splitEvery(7));
        world.script.content = (product, sink) -> entries.fetch(task, product, MINUTE, sink);
        Task ended = world.tasks.news(
                task.id(),
                TaskNews.builder(io.patchbay.spi.task.TaskPhase.SUCCEEDED)
                        .artifact(FILM)
                        .build());
        String name =
                world.artifacts.name(ended.state().artifacts().getFirst().url()).orElseThrow();
        await().until(() -> world.artifacts.find(name).isPresent());
        assertThat(Arrays.equals(
                        java.nio.file.Files.readAllBytes(
                                world.artifacts.find(name).orElseThrow().file()),
                        film))
                .isTrue();
    }

    private final class Offering implements ChannelTypes {
        @Override
        public Optional<Lease<ChannelType>> lease(String id) {
            leases.incrementAndGet();
            return Optional.of(new Lease<>() {
                private boolean open = true;

                @Override
                public ChannelType service() {
                    return new Type();
                }

                @Override
                public String pluginId() {
                    return "plugin";
                }

                @Override
                public String pluginVersion() {
                    return "1";
                }

                @Override
                public long generation() {
                    return 1;
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
