package io.patchbay.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.patchbay.billing.ledger.LedgerAudit;
import io.patchbay.foundation.json.Json;
import io.patchbay.server.TestServer.Client.Reply;
import io.patchbay.testkit.upstream.OpenAiScripts;
import io.patchbay.testkit.upstream.Script;
import io.patchbay.testkit.upstream.ScriptedUpstream;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The unpleasant paths of a stream: silence, cuts, slow and vanished clients, second channels. */
final class StreamPathsTest {
    private static final String CHAT = "/v1/chat/completions";
    private static final String CHUNK =
            "{\"id\":\"c\",\"object\":\"chat.completion.chunk\",\"created\":1,\"model\":\"m\",\"choices\":[{\"index\":0,\"delta\":{\"content\":\"word \"},\"finish_reason\":null}]}";

    @TempDir
    private static Path home;

    private static ScriptedUpstream upstream;
    private static ScriptedUpstream second;
    private static TestServer server;
    private static String key;

    @BeforeAll
    static void start() {
        upstream = ScriptedUpstream.start();
        second = ScriptedUpstream.start();
        second.on(
                "POST", CHAT, OpenAiScripts.text("m", "from", " the", " second").usage(4, 3));
        server = TestServer.start(
                home,
                Map.of(
                        "RELAY_FIRST_TOKEN_TIMEOUT", "700ms",
                        "RELAY_STALL_TIMEOUT", "700ms",
                        "RELAY_HEARTBEAT", "150ms",
                        "MAX_TIMEOUT", "4"));
        key = server.client().prepare(upstream.endpoint(), "m", "both");
        ObjectNode lower = Json.mapper().createObjectNode();
        lower.put("name", "second").put("type", "openai").put("endpoint", second.endpoint());
        lower.put("secret", "sk-second-secret-9876").put("priority", -1).put("state", true);
        lower.withArray("models").add("both");
        server.client().post("/api/admin/channel/create", lower);
    }

    @BeforeEach
    void nothingRests() {
        server.client().mend();
    }

    @AfterAll
    static void stop() {
        server.close();
        upstream.close();
        second.close();
    }

    @AfterEach
    void everyCallIsClosedInTheLedger() {
        Awaitility.await()
                .atMost(Duration.ofSeconds(10))
                .until(() -> server.patchbay().parts().relay().metrics().active() == 0);
        assertThat(new LedgerAudit(server.patchbay().parts().database()).violations())
                .isEmpty();
    }

    private static Reply chat(String model, boolean stream) {
        return server.client()
                .send(
                        "POST",
                        CHAT,
                        "{\"model\":\"" + model + "\",\"stream\":" + stream
                                + ",\"messages\":[{\"role\":\"user\",\"content\":\"Hi\"}]}",
                        key);
    }

    private static String errorCode(Reply reply) {
        return reply.json().at("/error/code").asText();
    }

    @Test
    void silenceBeforeTheFirstTokenTimesOut() {
        upstream.once("POST", CHAT, Script.answer().stall());
        Reply reply = chat("m", false);
        assertThat(reply.status()).isEqualTo(504);
        assertThat(errorCode(reply)).isEqualTo("upstream_timeout");
        upstream.awaitCancelled(1);
    }

    @Test
    void silenceInTheMiddleEndsTheStreamWithAnError() {
        upstream.once(
                "POST",
                CHAT,
                Script.answer().sse(CHUNK, CHUNK).endWithoutMarker().stall());
        Reply reply = chat("m", true);
        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.body())
                .contains("word ")
                .contains("\"upstream_timeout\"")
                .contains(": keep-alive");
        assertThat(reply.body().split("\"error\"", -1)).hasSize(2);
    }

    @Test
    void heartbeatsKeepAWaitingClientAndAnErrorAfterThemIsInBand() {
        upstream.once("POST", CHAT, Script.answer().stall());
        Reply reply = chat("m", true);
        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.body()).startsWith(": keep-alive\n\n").contains("data: {\"error\"");
    }

    @Test
    void theTotalTimeIsBounded() {
        upstream.once("POST", CHAT, OpenAiScripts.words("m", 1_000).paced(Duration.ofMillis(100)));
        long begun = System.nanoTime();
        Reply reply = chat("m", true);
        assertThat(reply.body()).contains("\"upstream_timeout\"");
        assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofSeconds(20));
    }

    @Test
    void aFaultBeforeContentMovesToTheNextChannel() {
        upstream.once("POST", CHAT, OpenAiScripts.error(500, "server_error", null, "broken"));
        Reply plain = chat("both", false);
        assertThat(plain.json().at("/choices/0/message/content").asText()).isEqualTo("from the second");

        // A role-only chunk is no content, and neither is a heartbeat: the next channel may still answer.
        upstream.once(
                "POST",
                CHAT,
                Script.answer()
                        .sse(
                                "{\"id\":\"c\",\"object\":\"chat.completion.chunk\",\"created\":1,\"model\":\"m\",\"choices\":[{\"index\":0,\"delta\":{\"role\":\"assistant\",\"content\":\"\"},\"finish_reason\":null}]}")
                        .endWithoutMarker()
                        .delay(Duration.ofMillis(400))
                        .thenError(
                                "{\"error\":{\"message\":\"overloaded\",\"type\":\"server_error\",\"code\":\"overloaded\"}}"));
        Reply streamed = chat("both", true);
        assertThat(streamed.body())
                .contains("second")
                .doesNotContain("overloaded")
                .endsWith("data: [DONE]\n\n");
    }

    @Test
    void anEndMarkerAfterNothingIsNoAnswer() {
        upstream.once("POST", CHAT, Script.answer().sse());
        assertThat(chat("both", true).body()).contains("second").endsWith("data: [DONE]\n\n");
    }

    @Test
    void aFaultAfterContentIsNeverRetried() {
        second.forget();
        upstream.once(
                "POST", CHAT, Script.answer().sse(CHUNK).endWithoutMarker().cut());
        Reply reply = chat("both", true);
        assertThat(reply.body())
                .contains("word ")
                .contains("\"upstream_truncated\"")
                .doesNotContain("second");
        assertThat(second.received()).isEmpty();
    }

    @Test
    void partialAnswersAreChargedAndEmptyOnesAreNot() {
        long before = balance();
        upstream.once(
                "POST",
                CHAT,
                Script.answer().sse(CHUNK, CHUNK).endWithoutMarker().cut());
        chat("m", true);
        long partial = balance();
        assertThat(partial).isLessThan(before);

        upstream.once("POST", CHAT, Script.answer().cut());
        chat("m", true);
        assertThat(balance()).isEqualTo(partial);
    }

    private static long balance() {
        return server.patchbay().parts().ledger().balance(1).owned();
    }

    @Test
    void aClientThatDoesNotReadHoldsTheUpstreamBack() throws IOException {
        byte[] frame = ("data: " + CHUNK.replace("word ", "x".repeat(4_000)) + "\n\n").getBytes(StandardCharsets.UTF_8);
        upstream.forget();
        upstream.once(
                "POST",
                CHAT,
                Script.answer().header("Content-Type", "text/event-stream").repeat(50_000, frame));
        try (Socket socket = open("m")) {
            InputStream in = socket.getInputStream();
            assertThat(in.read()).isPositive();
            long heapBefore = usedHeap();
            // 200 MB wait upstream; nobody reads: the upstream must still be busy sending when we look again.
            Awaitility.await()
                    .during(Duration.ofMillis(500))
                    .atMost(Duration.ofSeconds(5))
                    .until(() -> upstream.active() == 1);
            assertThat(usedHeap() - heapBefore).isLessThan(64L * 1024 * 1024);
        }
        upstream.awaitCancelled(1);
    }

    @Test
    void aBlockedClientDoesNotKeepACallOpenBeyondItsTime() throws IOException {
        byte[] frame = ("data: " + CHUNK.replace("word ", "x".repeat(4_000)) + "\n\n").getBytes(StandardCharsets.UTF_8);
        upstream.forget();
        upstream.once(
                "POST",
                CHAT,
                Script.answer().header("Content-Type", "text/event-stream").repeat(50_000, frame));
        try (Socket socket = open("m")) {
            assertThat(socket.getInputStream().read()).isPositive();
            // The total time passes while a write waits for the client, and the client leaves only then.
            upstream.awaitCancelled(1);
        }
    }

    @Test
    void aClientThatLeavesCancelsTheUpstream() throws IOException {
        upstream.forget();
        upstream.once("POST", CHAT, OpenAiScripts.words("m", 1_000).paced(Duration.ofMillis(20)));
        try (Socket socket = open("m")) {
            socket.getInputStream().readNBytes(600);
        }
        upstream.awaitCancelled(1);
    }

    private static long usedHeap() {
        System.gc();
        Runtime runtime = Runtime.getRuntime();
        return runtime.totalMemory() - runtime.freeMemory();
    }

    private static Socket open(String model) throws IOException {
        Socket socket = new Socket("127.0.0.1", server.uri().getPort());
        socket.setReceiveBufferSize(16 * 1024);
        String body =
                "{\"model\":\"" + model + "\",\"stream\":true,\"messages\":[{\"role\":\"user\",\"content\":\"Hi\"}]}";
        socket.getOutputStream()
                .write(("POST " + CHAT + " HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer " + key
                                + "\r\nContent-Type: application/json\r\nContent-Length: " + body.length() + "\r\n\r\n"
                                + body)
                        .getBytes(StandardCharsets.UTF_8));
        return socket;
    }
}
