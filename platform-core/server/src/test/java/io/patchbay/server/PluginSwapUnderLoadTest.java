package io.patchbay.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.patchbay.billing.ledger.LedgerAudit;
import io.patchbay.testkit.upstream.OpenAiScripts;
import io.patchbay.testkit.upstream.ScriptedUpstream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The product's promise: a provider plugin is replaced, again and again, under load, and nobody notices. */
@RunsAlone
final class PluginSwapUnderLoadTest {
    private static final int STREAMS = 110;
    private static final int PLAIN_PER_SECOND = 120;
    private static final int SWAPS = 12;
    private static final int WORDS = 40;

    @TempDir
    private static Path home;

    @TempDir
    private static Path jars;

    private final Queue<LoadClient.Result> streams = new ConcurrentLinkedQueue<>();
    private final Queue<LoadClient.Result> plain = new ConcurrentLinkedQueue<>();
    private final AtomicBoolean going = new AtomicBoolean(true);

    @Test
    void nobodyNotices() throws Exception {
        try (ScriptedUpstream upstream = ScriptedUpstream.start();
                TestServer server = TestServer.start(home);
                ExecutorService workers = Executors.newVirtualThreadPerTaskExecutor()) {
            upstream.remembering(100);
            upstream.on(
                    "POST",
                    "/v1/chat/completions",
                    request -> request.json().flag("stream", false)
                            ? OpenAiScripts.words("gpt-test", WORDS)
                                    .paced(Duration.ofMillis(50))
                                    .apply(request)
                            : OpenAiScripts.words("gpt-test", 5).apply(request));
            String key = server.client().prepare(upstream.endpoint(), "gpt-test");
            try (LoadClient load = new LoadClient(server.uri(), key)) {
                begin(workers, load);
                Awaitility.await().atMost(Duration.ofSeconds(20)).until(() -> streams.size() >= STREAMS);

                List<Long> swapMillis = new ArrayList<>();
                Path openai = TestServer.plugins().resolve("patchbay-plugin-openai.jar");
                long swapping = System.nanoTime();
                for (int i = 1; i <= SWAPS; i++) {
                    Path version = PluginVersions.of(openai, "0.2." + i, jars);
                    long begun = System.nanoTime();
                    TestServer.Client.Reply reply = server.client().upload(version);
                    assertThat(reply.status()).as(reply.body()).isBetween(200, 201);
                    swapMillis.add((System.nanoTime() - begun) / 1_000_000);
                    // Let new calls arrive at the new generation before the next swap.
                    int before = plain.size();
                    Awaitility.await().atMost(Duration.ofSeconds(20)).until(() -> plain.size() > before + 40);
                }
                double seconds = (System.nanoTime() - swapping) / 1e9;
                going.set(false);
                workers.shutdown();
                Awaitility.await().atMost(Duration.ofSeconds(60)).until(workers::isTerminated);
                report(swapMillis, seconds);
            }

            assertThat(streams).allMatch(LoadClient.Result::complete);
            assertThat(streams).allMatch(result -> result.chunks() >= WORDS);
            assertThat(plain).allMatch(LoadClient.Result::complete);
            assertThat(plugin(server).path("observed").path("version").asText()).isEqualTo("0.2." + SWAPS);
            Awaitility.await()
                    .atMost(Duration.ofSeconds(90))
                    .pollInterval(Duration.ofMillis(500))
                    .until(() -> {
                        System.gc();
                        JsonNode plugin = plugin(server);
                        return plugin.path("draining").isEmpty()
                                && plugin.path("uncollected").isEmpty();
                    });
            System.out.println(
                    "swap under load: all " + SWAPS + " old generations drained and their class loaders collected");
            assertThat(new LedgerAudit(server.patchbay().parts().database()).violations())
                    .isEmpty();
        }
    }

    private void begin(ExecutorService workers, LoadClient load) {
        for (int i = 0; i < STREAMS; i++) {
            workers.submit(() -> {
                while (going.get()) {
                    streams.add(load.stream("gpt-test"));
                }
            });
        }
        AtomicInteger begun = new AtomicInteger();
        CountDownLatch ready = new CountDownLatch(1);
        workers.submit(() -> {
            long tick = 1_000_000_000L / PLAIN_PER_SECOND;
            long next = System.nanoTime();
            while (going.get()) {
                workers.submit(() -> plain.add(load.plain("gpt-test")));
                begun.incrementAndGet();
                ready.countDown();
                next += tick;
                LockSupport.parkNanos(next - System.nanoTime());
            }
        });
    }

    private static JsonNode plugin(TestServer server) {
        return server.client().get("/api/admin/plugins/openai");
    }

    private void report(List<Long> swapMillis, double seconds) {
        List<Long> nanos = plain.stream().map(LoadClient.Result::nanos).sorted().toList();
        long failedStreams =
                streams.stream().filter(result -> !result.complete()).count();
        long failedPlain = plain.stream().filter(result -> !result.complete()).count();
        System.out.printf(
                "swap under load: %d swaps in %.1f s (upload to answer: %s ms); %d streams of %d chunks, %d cut;"
                        + " %d plain calls at %d/s, %d failed, p50 %.1f ms, p99 %.1f ms%n",
                SWAPS,
                seconds,
                swapMillis,
                streams.size(),
                WORDS,
                failedStreams,
                plain.size(),
                PLAIN_PER_SECOND,
                failedPlain,
                nanos.get(nanos.size() / 2) / 1e6,
                nanos.get(nanos.size() * 99 / 100) / 1e6);
        streams.stream()
                .filter(result -> !result.complete())
                .limit(3)
                .forEach(result -> System.out.println("  cut: " + result));
        plain.stream()
                .filter(result -> !result.complete())
                .limit(3)
                .forEach(result -> System.out.println("  failed: " + result));
    }
}
