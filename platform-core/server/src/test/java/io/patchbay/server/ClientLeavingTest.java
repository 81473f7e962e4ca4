package io.patchbay.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchbay.billing.ledger.LedgerAudit;
import io.patchbay.billing.ledger.LedgerEntry;
import io.patchbay.testkit.upstream.OpenAiScripts;
import io.patchbay.testkit.upstream.Script;
import io.patchbay.testkit.upstream.ScriptedUpstream;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Collections;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.locks.LockSupport;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Clients that leave, read slowly, or send on too early. Heartbeats come as seldom as they do by default, so that they are
 * not what notices.
 */
@RunsAlone
@Timeout(60)
final class ClientLeavingTest {
    private static final String CHAT = "/v1/chat/completions";
    private static final String CHUNK =
            "{\"id\":\"c\",\"object\":\"chat.completion.chunk\",\"created\":1,\"model\":\"m\",\"choices\":[{\"index\":0,"
                    + "\"delta\":{\"content\":\"word \"},\"finish_reason\":null}]}";
    private static final String FINISH = CHUNK.replace("{\"content\":\"word \"}", "{}")
            .replace("\"finish_reason\":null", "\"finish_reason\":\"stop\"");
    private static final String USAGE =
            "{\"id\":\"c\",\"choices\":[],\"usage\":{\"prompt_tokens\":5,\"completion_tokens\":7,\"total_tokens\":12}}";
    private static final int ROUNDS = 60;
    private static final double MEDIAN_MS = 50;
    private static final double NEARLY_ALL_MS = 100;

    @TempDir
    private static Path home;

    private static ScriptedUpstream upstream;
    private static TestServer server;
    private static String key;

    @BeforeAll
    static void start() {
        upstream = ScriptedUpstream.start();
        server = TestServer.start(home);
        key = server.client().prepare(upstream.endpoint(), "m");
    }

    @AfterAll
    static void stop() {
        server.close();
        upstream.close();
    }

    @BeforeEach
    void forget() {
        server.client().mend();
        upstream.forget();
    }

    @AfterEach
    void everyCallIsClosedInTheLedger() {
        ended();
        assertThat(new LedgerAudit(server.patchbay().parts().database()).violations())
                .isEmpty();
    }

    @Test
    void leavingBeforeTheFirstByteCancelsTheUpstreamAtOnceAndIsFree() throws IOException {
        long before = balance();
        leave("before the first byte", Script.answer().stall(), (socket, round) -> upstream.awaitReceived(round));
        assertThat(balance()).isEqualTo(before);
        assertThat(newest().kind()).isEqualTo(LedgerEntry.Kind.RELEASE);
    }

    @Test
    void leavingAStreamThatFlowsCancelsTheUpstreamAtOnceAndPaysForWhatCame() throws IOException {
        leave(
                "while chunks flow",
                Script.answer()
                        .sse(Collections.nCopies(2_000, CHUNK))
                        .endWithoutMarker()
                        .paced(Duration.ofMillis(5)),
                (socket, round) -> readTo(socket.getInputStream(), "word "));
        assertThat(newest().kind()).isEqualTo(LedgerEntry.Kind.SETTLE);
        assertThat(newest().micro()).isNegative();
    }

    @Test
    void leavingAStreamThatIsSilentCancelsTheUpstreamAtOnceAndPaysForWhatCame() throws IOException {
        leave(
                "while the upstream is silent after content",
                Script.answer().sse(CHUNK, CHUNK).endWithoutMarker().stall(),
                (socket, round) -> readTo(socket.getInputStream(), "word "));
        assertThat(newest().kind()).isEqualTo(LedgerEntry.Kind.SETTLE);
        assertThat(newest().micro()).isNegative();
    }

    @Test
    void aResetCancelsTheUpstreamAtOnce() throws IOException {
        leave("by a reset", Script.answer().sse(CHUNK).endWithoutMarker().stall(), (socket, round) -> {
            readTo(socket.getInputStream(), "word ");
            socket.setSoLinger(true, 0);
        });
    }

    /** The upstream has done the work by the time it would say anything, and it is paid for. */
    @Test
    void aWholeAnswerIsFinishedAndPaidForEvenWhenItsClientHasLeft() throws IOException {
        CountDownLatch goOn = new CountDownLatch(1);
        upstream.once(
                "POST",
                CHAT,
                request -> OpenAiScripts.text("m", "whole")
                        .usage(5, 7)
                        .andThen(script -> Script.answer().until(goOn).body("application/json", script.printedBody()))
                        .apply(request));
        long before = balance();
        try (Socket socket = ask(false)) {
            upstream.awaitReceived(1);
        }
        goOn.countDown();
        ended();
        assertThat(upstream.cancelled()).isEmpty();
        assertThat(before - balance()).isEqualTo(5 * 1_000 + 7 * 2_000);
    }

    @Test
    void endingOnlyTheSendingSideCountsAsLeaving() throws IOException {
        upstream.once(
                "POST", CHAT, Script.answer().sse(CHUNK).endWithoutMarker().stall());
        try (Socket socket = ask()) {
            readTo(socket.getInputStream(), "word ");
            socket.shutdownOutput();
            upstream.awaitCancelled(1);
            // Nothing is said that a client could take for the end of an answer.
            assertThat(new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
                    .doesNotContain("\r\n0\r\n");
        }
    }

    @Test
    void aRequestSentEarlyIsAnsweredAfterTheOneBefore() throws IOException {
        upstream.once("POST", CHAT, OpenAiScripts.words("m", 40).paced(Duration.ofMillis(5)));
        upstream.once("POST", CHAT, OpenAiScripts.text("m", "second"));
        upstream.once("POST", CHAT, OpenAiScripts.text("m", "third"));
        try (Socket socket = ask()) {
            InputStream in = new BufferedInputStream(socket.getInputStream());
            readTo(in, "\" w2\"");
            socket.getOutputStream().write(request(true));
            readTo(in, "\" w4\"");
            socket.getOutputStream().write(request(true));
            assertThat(readTo(in, "data: [DONE]")).contains("\" w40\"").doesNotContain("second");
            assertThat(readTo(in, "data: [DONE]")).contains("second").doesNotContain("third");
            assertThat(readTo(in, "data: [DONE]")).contains("third");
        }
        assertThat(upstream.cancelled()).isEmpty();
    }

    @Test
    void aConnectionServesOneStreamAfterAnother() throws IOException {
        upstream.on("POST", CHAT, OpenAiScripts.text("m", "again"));
        try (Socket socket = ask()) {
            InputStream in = new BufferedInputStream(socket.getInputStream());
            for (int i = 0; i < 200; i++) {
                assertThat(readTo(in, "0\r\n\r\n")).contains("again").contains("data: [DONE]");
                socket.getOutputStream().write(request(true));
            }
        }
    }

    /** 40 MB wait; the client takes 1,500 bytes one by one, and then all the rest. */
    @Test
    void aClientThatReadsByteByByteGetsEverythingAndHoldsTheUpstreamBack() throws IOException {
        int frames = 10_000;
        byte[] frame = ("data: " + CHUNK.replace("word ", "z".repeat(4_000)) + "\n\n").getBytes(StandardCharsets.UTF_8);
        upstream.once(
                "POST",
                CHAT,
                Script.answer()
                        .header("Content-Type", "text/event-stream")
                        .repeat(frames, frame)
                        .sse(FINISH, USAGE));
        long before = balance();
        try (Socket socket = ask()) {
            InputStream in = socket.getInputStream();
            StringBuilder begin = new StringBuilder();
            for (int i = 0; i < 1_500; i++) {
                begin.append((char) in.read());
                LockSupport.parkNanos(500_000);
            }
            assertThat(begin).contains("HTTP/1.1 200").contains("zzz");
            assertThat(upstream.active()).as("the upstream is held back").isEqualTo(1);
            long letters = begin.chars().filter(letter -> letter == 'z').count();
            byte[] buffer = new byte[1 << 16];
            String end = begin.toString();
            while (!end.contains("data: [DONE]")) {
                int read = in.read(buffer);
                assertThat(read).isPositive();
                for (int i = 0; i < read; i++) {
                    letters += buffer[i] == 'z' ? 1 : 0;
                }
                String came = end + new String(buffer, 0, read, StandardCharsets.UTF_8);
                end = came.substring(Math.max(0, came.length() - 100));
            }
            assertThat(letters).isEqualTo(4_000L * frames);
        }
        ended();
        assertThat(before - balance()).isEqualTo(5 * 1_000 + 7 * 2_000);
    }

    private interface Until {
        void reached(Socket socket, int round) throws IOException;
    }

    private static void leave(String when, Script script, Until until) throws IOException {
        double[] millis = new double[ROUNDS];
        for (int round = 1; round <= ROUNDS; round++) {
            upstream.once("POST", CHAT, script);
            long left;
            try (Socket socket = ask()) {
                until.reached(socket, round);
                left = System.nanoTime();
            }
            long noticed = upstream.awaitCancelled(round).getLast().nanoTime();
            millis[round - 1] = (noticed - left) / 1e6;
        }
        ended();
        Arrays.sort(millis);
        double nearlyAll = millis[ROUNDS * 95 / 100];
        System.out.printf(
                "client leaves %s: upstream cancelled after %.1f ms (median), %.1f ms (95 of 100), %.1f ms (slowest)"
                        + " of %d%n",
                when, millis[ROUNDS / 2], nearlyAll, millis[ROUNDS - 1], ROUNDS);
        assertThat(millis[ROUNDS / 2]).isLessThan(MEDIAN_MS);
        assertThat(nearlyAll).isLessThan(NEARLY_ALL_MS);
    }

    private static byte[] request(boolean stream) {
        String body =
                "{\"model\":\"m\",\"stream\":" + stream + ",\"messages\":[{\"role\":\"user\",\"content\":\"Hi\"}]}";
        return ("POST " + CHAT + " HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer " + key
                        + "\r\nContent-Type: application/json\r\nContent-Length: " + body.length() + "\r\n\r\n" + body)
                .getBytes(StandardCharsets.UTF_8);
    }

    private static Socket ask() throws IOException {
        return ask(true);
    }

    private static Socket ask(boolean stream) throws IOException {
        Socket socket = new Socket();
        socket.setReceiveBufferSize(16 * 1024);
        socket.setTcpNoDelay(true);
        socket.connect(new InetSocketAddress("127.0.0.1", server.uri().getPort()));
        socket.getOutputStream().write(request(stream));
        return socket;
    }

    /** Reads up to that text, and fails when the answer ends without it. */
    private static String readTo(InputStream in, String text) throws IOException {
        StringBuilder seen = new StringBuilder();
        while (seen.length() < text.length()
                || !seen.substring(seen.length() - text.length()).equals(text)) {
            int next = in.read();
            if (next < 0) {
                throw new AssertionError("expected \"" + text + "\", found the end of: " + seen);
            }
            seen.append((char) next);
        }
        return seen.toString();
    }

    private static void ended() {
        Awaitility.await()
                .atMost(Duration.ofSeconds(10))
                .until(() -> server.patchbay().parts().relay().metrics().active() == 0);
    }

    private static long balance() {
        return server.patchbay().parts().ledger().balance(1).owned();
    }

    private static LedgerEntry newest() {
        return server.patchbay().parts().ledger().entries(1, Long.MAX_VALUE, 1).getFirst();
    }
}
