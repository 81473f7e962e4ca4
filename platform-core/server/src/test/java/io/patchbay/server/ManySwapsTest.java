package io.patchbay.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.patchbay.relay.record.RequestRecord;
import io.patchbay.relay.record.RequestRecordMapper;
import io.patchbay.testkit.upstream.OpenAiScripts;
import io.patchbay.testkit.upstream.Script;
import io.patchbay.testkit.upstream.ScriptedUpstream;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A plugin that is replaced 200 times, each version in use before the next one comes, leaves nothing behind. */
@RunsAlone
@Timeout(120)
final class ManySwapsTest {
    private static final int WARMUP = 20;
    private static final int SWAPS = 200;

    /** A generation brings about 50 classes; the server itself may load a few late ones. */
    private static final long CLASSES = 150;

    /**
     * Bytes of metaspace. It also holds what Java notes about the server's own methods while they get warm; what a generation
     * has there would be more than 60 MiB after 200 of them.
     */
    private static final long METASPACE = 6L << 20;

    private static final String CHAT = "/v1/chat/completions";
    private static final String MODEL = "m";

    @TempDir
    private static Path home;

    @TempDir
    private static Path jars;

    private static int versions;
    private static ScriptedUpstream upstream;
    private static TestServer server;
    private static LoadClient load;

    @BeforeAll
    static void start() {
        upstream = ScriptedUpstream.start().remembering(10);
        upstream.on("POST", CHAT, OpenAiScripts.text(MODEL, "swapped"));
        server = TestServer.start(home);
        load = new LoadClient(server.uri(), server.client().prepare(upstream.endpoint(), MODEL));
    }

    @AfterAll
    static void stop() {
        load.close();
        server.close();
        upstream.close();
    }

    @Test
    void aStreamEndsOnTheGenerationItBeganWithAndNewCallsUseTheNewOne() throws Exception {
        swap(1);
        CountDownLatch goOn = new CountDownLatch(1);
        String chunk = "{\"id\":\"c\",\"object\":\"chat.completion.chunk\",\"created\":1,\"model\":\"m\",\"choices\":"
                + "[{\"index\":0,\"delta\":{\"content\":\"word \"},\"finish_reason\":null}]}";
        upstream.forget();
        upstream.once(
                "POST",
                CHAT,
                Script.answer().sse(chunk).until(goOn).sse(chunk, chunk.replace(":null}]", ":\"stop\"}]")));
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<LoadClient.Result> stream = threads.submit(() -> load.stream(MODEL));
            upstream.awaitReceived(1);
            String before = "0.3." + versions;
            List<LoadClient.Result> later = new ArrayList<>();
            for (int i = 0; i < 3; i++) {
                later.add(swap(1));
            }
            assertThat(stream.isDone()).isFalse();
            goOn.countDown();
            LoadClient.Result ended = stream.get();
            assertThat(ended.complete()).as(ended.problem()).isTrue();
            RequestRecord first = record(ended);
            assertThat(first.pluginVersion()).isEqualTo(before);
            assertThat(later)
                    .extracting(result -> record(result).pluginVersion())
                    .containsExactly("0.3." + (versions - 2), "0.3." + (versions - 1), "0.3." + versions);
            assertThat(later).allMatch(result -> record(result).generation() > first.generation());
        }
        metaspaceAtRest();
    }

    @Test
    void metaspaceStaysFlat() throws Exception {
        swap(WARMUP);
        long before = metaspaceAtRest();
        long classes = loadedClasses();
        long begun = System.nanoTime();
        swap(SWAPS);
        double seconds = (System.nanoTime() - begun) / 1e9;
        long after = metaspaceAtRest();
        System.out.printf(
                "%d swaps in %.1f s: metaspace %,d KB before, %,d KB after; %,d classes before, %,d after%n",
                SWAPS, seconds, before / 1024, after / 1024, classes, loadedClasses());
        assertThat(loadedClasses() - classes).isLessThan(CLASSES);
        assertThat(after - before).isLessThan(METASPACE);
        assertThat(plugin().path("observed").path("version").asText()).isEqualTo("0.3." + versions);
    }

    /** Replaces the plugin so many times, with a call after each, and returns the last one's result. */
    private static LoadClient.Result swap(int times) throws IOException {
        Path openai = TestServer.plugins().resolve("patchbay-plugin-openai.jar");
        LoadClient.Result last = load.plain(MODEL);
        for (int i = 0; i < times; i++) {
            Path version = PluginVersions.of(openai, "0.3." + ++versions, jars);
            TestServer.Client.Reply reply = server.client().upload(version);
            assertThat(reply.status()).as(reply.body()).isBetween(200, 201);
            Files.delete(version);
            last = i % 2 == 0 ? load.stream(MODEL) : load.plain(MODEL);
            assertThat(last.complete()).as(last.problem()).isTrue();
        }
        return last;
    }

    /** Waits for what was written down about a call. */
    private static RequestRecord record(LoadClient.Result call) {
        return Awaitility.await()
                .until(
                        () -> server
                                .patchbay()
                                .parts()
                                .database()
                                .read(RequestRecordMapper.class, mapper -> mapper.newest(1, 50))
                                .stream()
                                .filter(record -> record.requestId().equals(call.requestId()))
                                .findFirst(),
                        Optional::isPresent)
                .orElseThrow();
    }

    /** Returns the metaspace in bytes once all old class loaders are gone. */
    private static long metaspaceAtRest() {
        Awaitility.await()
                .atMost(Duration.ofSeconds(60))
                .pollInterval(Duration.ofMillis(200))
                .until(() -> {
                    System.gc();
                    JsonNode plugin = plugin();
                    return plugin.path("draining").isEmpty()
                            && plugin.path("uncollected").isEmpty();
                });
        return ManagementFactory.getMemoryPoolMXBeans().stream()
                .filter(pool -> pool.getName().equals("Metaspace"))
                .map(MemoryPoolMXBean::getUsage)
                .findFirst()
                .orElseThrow()
                .getUsed();
    }

    private static long loadedClasses() {
        return ManagementFactory.getClassLoadingMXBean().getLoadedClassCount();
    }

    private static JsonNode plugin() {
        return server.client().get("/api/admin/plugins/openai");
    }
}
