package io.patchbay.benchmarks.load;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchbay.benchmarks.upstream.BenchUpstream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Load generator and upstream against each other, and against a server that does not do what it should. */
final class LoadTest {
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static BenchUpstream upstream;

    @BeforeAll
    static void start() throws IOException {
        upstream = BenchUpstream.start(0);
    }

    @AfterAll
    static void stop() {
        upstream.close();
    }

    private static URI uri(String path) {
        return URI.create("http://127.0.0.1:" + upstream.port() + path + "/v1/chat/completions");
    }

    /** Lets the load run until so many calls have ended or failed, ends it and returns all that was measured. */
    private static Phase run(LoadPlan plan, Predicate<Phase> enough) {
        List<Phase> phases = new ArrayList<>();
        try (Load load = Load.start(plan)) {
            long end = System.nanoTime() + PATIENCE.toNanos();
            do {
                Load.pause(Duration.ofMillis(20));
                phases.add(load.mark().getFirst());
            } while (!enough.test(Phase.sum(phases)) && System.nanoTime() < end);
            phases.add(load.finish(PATIENCE).getFirst());
        }
        return Phase.sum(phases);
    }

    private static List<byte[]> bodies(boolean stream) {
        return ChatBodies.small("bench", stream);
    }

    @Test
    void wholeAnswersAreAllRight() {
        Phase all = run(LoadPlan.plain(uri("/plain"), "", bodies(false), 16), phase -> phase.calls() > 2_000);
        assertThat(all.failures()).isEqualTo(Failures.NONE);
        assertThat(all.calls()).isGreaterThan(2_000);
        assertThat(all.latency().getTotalCount()).isEqualTo(all.calls());
        assertThat(all.firstByte().getTotalCount()).isEqualTo(all.calls());
        assertThat(all.events()).isZero();
    }

    @Test
    void streamsAreAllRightAndEveryEventIsCounted() {
        Phase all = run(LoadPlan.streams(uri("/stream/35/0"), "", bodies(true), 16, 35), phase -> phase.calls() > 300);
        assertThat(all.failures()).isEqualTo(Failures.NONE);
        assertThat(all.events()).isEqualTo(all.calls() * 35);
        // Between 35 events there are 34 gaps.
        assertThat(all.gaps().getTotalCount()).isEqualTo(all.calls() * 34);
    }

    @Test
    void pacedStreamsKeepTheirPace() {
        Phase all = run(
                LoadPlan.streams(uri("/stream/10/20000"), "", bodies(true), 200, 10)
                        .over(Duration.ofMillis(200)),
                phase -> phase.calls() >= 200);
        assertThat(all.failures()).isEqualTo(Failures.NONE);
        assertThat(all.events()).isEqualTo(all.calls() * 10);
        // Ten gaps of 20 ms: a stream cannot be faster, whatever the machine does.
        assertThat(all.latency().getMinValue()).isGreaterThanOrEqualTo(199_000);
        assertThat(all.gaps().getValueAtPercentile(50)).isBetween(15_000L, 25_000L);
    }

    @Test
    void aRateIsKept() {
        Phase all = run(LoadPlan.plain(uri("/plain"), "", bodies(false), 20).rate(500), phase -> phase.calls() >= 400);
        assertThat(all.failures()).isEqualTo(Failures.NONE);
        assertThat(all.calls() / all.seconds()).isBetween(300.0, 501.0);
    }

    @Test
    void largeBodiesArrive() throws Exception {
        long before = count("body_bytes");
        List<byte[]> large = ChatBodies.ofSize("bench", false, 2_000_000, 1);
        Phase all = run(LoadPlan.plain(uri("/plain"), "", large, 2), phase -> phase.calls() >= 10);
        assertThat(all.failures()).isEqualTo(Failures.NONE);
        assertThat(count("body_bytes") - before).isGreaterThanOrEqualTo(all.calls() * large.getFirst().length);
    }

    @Test
    void aStreamOfAnotherLengthIsAFailure() {
        Phase all = run(LoadPlan.streams(uri("/stream/34/0"), "", bodies(true), 2, 35), LoadTest::failed);
        assertThat(all.calls()).isZero();
        assertThat(all.failures().counts().keySet()).containsExactly(FailureKind.WRONG_COUNT);
        assertThat(all.failures().first().getFirst()).contains("34 content events");
    }

    @Test
    void anotherStatusIsAFailure() {
        Phase all = run(LoadPlan.plain(uri("/nothing"), "", bodies(false), 2), LoadTest::failed);
        assertThat(all.calls()).isZero();
        assertThat(all.failures().counts().keySet()).containsExactly(FailureKind.STATUS);
        assertThat(all.failures().first().getFirst()).contains("404");
    }

    @Test
    void aStreamThatIsCutIsAFailure() throws Exception {
        String chunk = "data: {\"choices\":[{\"delta\":{\"content\":\"a\"}}]}\n\n";
        String answer = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n" + Integer.toHexString(chunk.length())
                + "\r\n" + chunk + "\r\n";
        assertThat(against(answer).keySet()).containsExactly(FailureKind.CUT);
    }

    @Test
    void aStreamThatEndsWithoutItsMarkerIsAFailure() throws Exception {
        String answer = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\nConnection: close\r\n\r\n0\r\n\r\n";
        assertThat(against(answer).keySet()).containsExactly(FailureKind.INCOMPLETE);
    }

    @Test
    void whatIsNoHttpIsAFailure() throws Exception {
        assertThat(against("HELO\r\n").keySet()).containsExactly(FailureKind.MALFORMED);
    }

    @Test
    void nobodyThereIsAFailure() throws Exception {
        URI nobody;
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            nobody = URI.create("http://127.0.0.1:" + socket.getLocalPort() + "/v1/chat/completions");
        }
        Phase all = run(LoadPlan.plain(nobody, "", bodies(false), 1), LoadTest::failed);
        assertThat(all.failures().counts().keySet()).containsExactly(FailureKind.CONNECT);
    }

    private static boolean failed(Phase phase) {
        return phase.failures().total() > 0;
    }

    /** Lets a server give this answer and hang up, and returns what a client makes of it. */
    private static Map<FailureKind, Long> against(String answer) throws IOException {
        try (ServerSocket server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
            Thread.ofVirtual().start(() -> {
                while (!server.isClosed()) {
                    try (Socket socket = server.accept()) {
                        readHead(socket.getInputStream());
                        OutputStream out = socket.getOutputStream();
                        out.write(answer.getBytes(StandardCharsets.US_ASCII));
                        out.flush();
                        socket.shutdownOutput();
                        socket.getInputStream().transferTo(OutputStream.nullOutputStream());
                    } catch (IOException e) {
                        // The client may have left already; the next one is waited for.
                        continue;
                    }
                }
            });
            URI uri = URI.create("http://127.0.0.1:" + server.getLocalPort() + "/v1/chat/completions");
            return run(LoadPlan.streams(uri, "", bodies(true), 1, 1), LoadTest::failed)
                    .failures()
                    .counts();
        }
    }

    private static void readHead(InputStream in) throws IOException {
        int line = 0;
        for (int b = in.read(); b >= 0 && !(b == '\n' && line == 0); b = in.read()) {
            line = b == '\n' ? 0 : b == '\r' ? line : line + 1;
        }
    }

    private static long count(String name) throws Exception {
        try (HttpClient client = HttpClient.newHttpClient()) {
            String stats = client.send(
                            HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + upstream.port() + "/stats"))
                                    .build(),
                            HttpResponse.BodyHandlers.ofString())
                    .body();
            return Long.parseLong(stats.replaceFirst("(?s).*\"" + name + "\":(\\d+).*", "$1"));
        }
    }
}
