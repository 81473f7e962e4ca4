package io.patchbay.server.bounds;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchbay.foundation.json.Json;
import io.patchbay.server.RunsAlone;
import io.patchbay.server.bounds.Uploads.Kind;
import io.patchbay.testkit.upstream.OpenAiScripts;
import io.patchbay.testkit.upstream.ReceivedRequest;
import io.patchbay.testkit.upstream.Script;
import io.patchbay.testkit.upstream.ScriptedUpstream;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A server with 256 MiB of heap holds 1,000 streams, 100 uploads, a prompt of 10 MB, 50 readers that are slow or do not read,
 * and requests from 50,000 addresses, all at the same time and three times in a row, each time from 50,000 other addresses.
 * After two rounds whatever remembers addresses, and the pools of buffers, hold as much as they may: the third round leaves
 * no more on the heap than the second. What is refused is refused as docs/bounds.md says.
 */
@RunsAlone
final class BoundsTest {
    private static final int STREAMS = 1_000;
    private static final int WORDS = 24;
    private static final Duration PACE = Duration.ofMillis(500);
    private static final int LARGEST_BODY = 16 << 20;
    private static final int PROMPT = 10_000_000;
    private static final long TOLERANCE = 8L << 20;
    private static final Duration PATIENCE = Duration.ofSeconds(120);
    private static final String SAID =
            IntStream.rangeClosed(1, WORDS).mapToObj(word -> "w" + word).collect(Collectors.joining(" "));

    private static final List<String> OPTIONS = List.of(
            "-Xmx256m",
            // As bin/patchbay starts it.
            "-XX:+UseCompactObjectHeaders",
            "-XX:+ExitOnOutOfMemoryError",
            "-XX:-HeapDumpOnOutOfMemoryError");

    /** A thousand connections at once may take a slow machine longer than an upstream is usually waited for. */
    private static final Map<String, String> SETTINGS = Map.of(
            "SERVER_TRUSTED_PROXIES",
            "127.0.0.1",
            "SERVER_MAX_REQUEST_BYTES",
            Integer.toString(LARGEST_BODY),
            "RELAY_CONNECT_TIMEOUT",
            "90s");

    @TempDir
    private Path home;

    private final AtomicLong longestPrompt = new AtomicLong();

    @Test
    void everythingAtOnceFitsIntoASmallHeapAgainAndAgain() throws Exception {
        try (ScriptedUpstream upstream = upstream();
                EndlessUpstream endless = EndlessUpstream.start();
                BoundsSite site = BoundsSite.start(home, SETTINGS, OPTIONS, 10);
                HeapGauge heap = HeapGauge.of(site.server().pid())) {
            prepare(site, upstream, endless);
            System.out.printf("idle: %,d KiB%n", heap.afterCollection() / 1024);
            try {
                rounds(site, endless, heap);
            } catch (Throwable e) {
                e.addSuppressed(new AssertionError(tail(site.server().output())));
                throw e;
            }
        }
    }

    private static void prepare(BoundsSite site, ScriptedUpstream upstream, EndlessUpstream endless) {
        site.root().price("paced", "quick", "endless", "gpt-image-1");
        site.root().channel("openai", upstream.endpoint(), "paced", "quick", "gpt-image-1");
        site.root().channel("openai", endless.endpoint(), "endless");
    }

    private static String tail(String output) {
        return output.substring(Math.max(0, output.length() - 4_000));
    }

    private void rounds(BoundsSite site, EndlessUpstream endless, HeapGauge heap) throws Exception {
        List<Long> left = new ArrayList<>();
        for (int number = 0; number < 3; number++) {
            round(site, endless, heap, number);
            left.add(heapAtRest(site, endless, heap));
            System.out.printf("heap after it: %,d KiB%n", left.getLast() / 1024);
        }
        assertThat(left.get(2)).isLessThan(left.get(1) + TOLERANCE);
        assertThat(site.server().isAlive()).isTrue();
        assertThat(site.server().output()).doesNotContain("OutOfMemoryError").doesNotContain(" failed\n");
    }

    private ScriptedUpstream upstream() {
        ScriptedUpstream upstream = ScriptedUpstream.start().remembering(1);
        upstream.on("POST", "/v1/chat/completions", this::chat);
        // No connections are left over, whose number would be another each time.
        upstream.on(
                "POST",
                "/v1/images",
                request -> OpenAiScripts.images().apply(request).closing());
        return upstream;
    }

    private Script chat(ReceivedRequest request) {
        String model = request.json().string("model", "");
        if (model.equals("paced")) {
            return OpenAiScripts.words(model, WORDS).paced(PACE).apply(request).closing();
        }
        longestPrompt.accumulateAndGet(request.text().length(), Math::max);
        return OpenAiScripts.text(model, "read").apply(request).closing();
    }

    private void round(BoundsSite site, EndlessUpstream endless, HeapGauge heap, int number) throws Exception {
        longestPrompt.set(0);
        long begun = System.nanoTime();
        try (Crowd crowd = new Crowd();
                SlowReaders readers = SlowReaders.begin(site, endless)) {
            Crowd.Doing<String> streams = crowd.begin(STREAMS, client -> () -> stream(site, client));
            Awaitility.await()
                    .atMost(PATIENCE)
                    .until(() -> site.meter("patchbay_relay_places") >= STREAMS + SlowReaders.ALL);
            Crowd.Doing<Flood.Answers> flood = new Flood(site.uri(), number).begin(crowd);
            Crowd.Doing<Uploads.Done> uploads = new Uploads(site, LARGEST_BODY).begin(crowd);
            Crowd.Doing<Exchange.Response> prompt = crowd.begin(1, only -> () -> prompt(site, PROMPT));
            Crowd.Doing<Exchange.Response> tooLong = crowd.begin(1, only -> () -> prompt(site, LARGEST_BODY));
            List<Long> taken = readers.awaitHeldBack();
            System.out.printf(
                    "slow readers: upstream held back after at most %,d KiB%n",
                    taken.stream().mapToLong(Long::longValue).max().orElse(0) / 1024);
            System.out.printf("heap used in the middle: %,d of %,d KiB%n", heap.used() / 1024, heap.most() / 1024);
            check(uploads.all());
            assertThat(prompt.all().getFirst().status()).isEqualTo(200);
            assertThat(longestPrompt.get()).isGreaterThan(PROMPT);
            assertThat(tooLong.all().getFirst().status()).isEqualTo(413);
            assertThat(streams.all()).hasSize(STREAMS).allMatch(SAID::equals);
            check(flood.all().getFirst());
        }
        System.out.printf("round: %,d ms%n", (System.nanoTime() - begun) / 1_000_000);
    }

    private static String stream(BoundsSite site, int number) throws IOException {
        try (Exchange exchange = Exchange.with(site.uri())) {
            return Chats.text(exchange.ask(Chats.request(site.key(number), "paced", true, "Count.")));
        }
    }

    /** Sends a long prompt, and does what a refusal for lack of memory asks for: tries again. */
    private static Exchange.Response prompt(BoundsSite site, int length) {
        return Exchange.askUntilLetIn(site.uri(), Chats.request(site.key(length), "quick", false, "x".repeat(length)));
    }

    private static void check(List<Uploads.Done> uploads) throws IOException {
        Map<Kind, Map<Integer, Integer>> answers = new TreeMap<>();
        for (Uploads.Done done : uploads) {
            Exchange.Response response = done.response();
            answers.computeIfAbsent(done.kind(), kind -> new TreeMap<>()).merge(response.status(), 1, Integer::sum);
            if (response.status() == 429 || response.status() == 503) {
                assertThat(response.header("retry-after")).isNotEmpty();
            }
            if (response.status() == 413) {
                assertThat(Json.mapper().readTree(response.body()).toString()).contains("request_too_large");
            }
        }
        System.out.println("uploads: " + answers);
        assertThat(answers.get(Kind.PATIENT_PICTURE).keySet()).containsExactly(200);
        assertThat(answers.get(Kind.PICTURE_AT_THE_LIMIT)).containsKey(503);
        assertThat(answers.get(Kind.PICTURE_AT_THE_LIMIT).keySet()).isSubsetOf(200, 503);
        assertThat(answers.get(Kind.PICTURE_OVER_THE_LIMIT).keySet()).containsExactly(413);
        assertThat(answers.get(Kind.CHUNKED_OVER_THE_LIMIT).keySet()).isSubsetOf(413, 503);
        assertThat(answers.get(Kind.NO_PLUGIN)).containsKey(422);
        assertThat(answers.get(Kind.NO_PLUGIN).keySet()).isSubsetOf(422, 429, 503);
        assertThat(answers.get(Kind.HUGE_PLUGIN).keySet()).containsExactly(413);
    }

    private static void check(Flood.Answers answers) {
        System.out.println("flood: " + answers);
        assertThat(answers.signIns().values().stream()
                                .mapToInt(Integer::intValue)
                                .sum()
                        + answers.calls().values().stream()
                                .mapToInt(Integer::intValue)
                                .sum())
                .isEqualTo(Flood.ADDRESSES);
        // A few are looked at; the others are told that too many wait.
        assertThat(answers.signIns()).hasSize(2).containsKey("503, retry after 5");
        assertThat(answers.signIns().keySet()).anyMatch(kind -> kind.startsWith("200 "));
        assertThat(answers.calls().keySet()).containsExactly("401 invalid_api_key");
    }

    private static long heapAtRest(BoundsSite site, EndlessUpstream endless, HeapGauge heap) {
        Awaitility.await()
                .atMost(PATIENCE)
                .untilAsserted(() -> assertThat(atWork(site, endless))
                        .isEqualTo("0 places, 0 bytes of bodies, 0 calls, 0 answers of the endless upstream"));
        endless.forget();
        return heap.afterCollection();
    }

    private static String atWork(BoundsSite site, EndlessUpstream endless) {
        return "%.0f places, %.0f bytes of bodies, %.0f calls, %d answers of the endless upstream"
                .formatted(
                        site.meter("patchbay_relay_places"),
                        site.meter("patchbay_relay_body_bytes"),
                        site.meter("patchbay_relay_active"),
                        endless.active());
    }
}
