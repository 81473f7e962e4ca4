package io.patchbay.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchbay.billing.ledger.LedgerAudit;
import io.patchbay.billing.ledger.LedgerEntry;
import io.patchbay.server.TestServer.Client.Reply;
import io.patchbay.spi.json.JsonValue;
import io.patchbay.testkit.upstream.ChatAnswer.UsagePlace;
import io.patchbay.testkit.upstream.OpenAiScripts;
import io.patchbay.testkit.upstream.ReceivedRequest;
import io.patchbay.testkit.upstream.Script;
import io.patchbay.testkit.upstream.ScriptedUpstream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What an upstream can do to a stream over real sockets, and what client and ledger see of it. */
@Timeout(90)
final class StreamFaultsTest {
    private static final String CHAT = "/v1/chat/completions";
    private static final String MESSAGES = "/v1/messages";
    private static final String CONVERTED = "claude-faults";
    private static final int AT_ONCE = 24;
    private static final List<String> WORDS = List.of("Grüße", " 春天", " 😀 \\\"x\\\"");
    private static final String SAID = "Grüße 春天 😀 \\\"x\\\"";
    private static final String ERROR =
            "{\"error\":{\"message\":\"overloaded\",\"type\":\"server_error\",\"code\":\"overloaded\"}}";

    /** 9 tokens at 1 credit and 3 tokens at 2 credits per thousand, in micro-credits. */
    private static final long COST = 15_000;

    @TempDir
    private static Path home;

    private static final ScriptedUpstream upstream = ScriptedUpstream.start();
    private static TestServer server;
    private static String key;

    /** How the lines of an event stream can end, and what can stand between them. */
    enum Shape {
        LF,
        CRLF,
        CR,
        CRLF_WITH_COMMENTS;

        Script of(Script script) {
            return switch (this) {
                case LF -> script;
                case CRLF -> script.crlf();
                case CR -> script.cr();
                case CRLF_WITH_COMMENTS -> script.crlf().comments();
            };
        }
    }

    @BeforeAll
    static void start() {
        server = TestServer.start(
                home, Map.of("RELAY_FIRST_TOKEN_TIMEOUT", "1s", "RELAY_STALL_TIMEOUT", "1s", "RELAY_MAX_CALLS", "200"));
        key = server.client().prepare(upstream.endpoint(), "m");
        Reply upload = server.client()
                .upload(Path.of(System.getProperty("patchbay.test.providers", "target/provider-plugins"))
                        .resolve("patchbay-plugin-anthropic.jar"));
        assertThat(upload.status()).as(upload.body()).isEqualTo(201);
        server.client().price(CONVERTED);
        server.client().channel("claude", upstream.endpoint(), CONVERTED);
    }

    @AfterAll
    static void stop() {
        server.close();
        upstream.close();
    }

    @BeforeEach
    void nothingRests() {
        server.client().mend();
    }

    @AfterEach
    void everyCallIsClosedInTheLedger() {
        ended();
        assertThat(new LedgerAudit(server.patchbay().parts().database()).violations())
                .isEmpty();
    }

    @ParameterizedTest
    @EnumSource(Shape.class)
    void aStreamMayBeCutIntoReadsAtEveryByte(Shape shape) throws Exception {
        everywhere("m", CHAT, shape.of(stream()));
    }

    @Test
    void aStreamThatIsConvertedMayBeCutIntoReadsAtEveryByte() throws Exception {
        everywhere(CONVERTED, MESSAGES, messages());
    }

    /** Asks once for each offset of the answer, many at once, and once for an answer of single bytes. */
    private static void everywhere(String model, String path, Script answer) throws Exception {
        upstream.on("POST", path, request -> {
            int offset = Integer.parseInt(asked(request));
            return offset == 0 ? answer.splitEvery(1) : answer.splitAt(offset);
        });
        int offsets = answer.printedBody().length;
        long before = balance();
        Semaphore room = new Semaphore(AT_ONCE);
        Map<String, Long> bodies;
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            bodies = threads
                    .invokeAll(IntStream.range(0, offsets)
                            .<java.util.concurrent.Callable<String>>mapToObj(offset -> () -> {
                                room.acquire();
                                try {
                                    return neutral(chat(model, Integer.toString(offset)));
                                } finally {
                                    room.release();
                                }
                            })
                            .toList())
                    .stream()
                    .map(java.util.concurrent.Future::resultNow)
                    .collect(Collectors.groupingBy(body -> body, Collectors.counting()));
        }
        ended();
        assertThat(bodies).as("one answer, however it was cut").hasSize(1);
        String body = bodies.keySet().iterator().next();
        assertThat(said(body)).isEqualTo(SAID);
        assertThat(body)
                .contains("\"prompt_tokens\":9")
                .contains("\"finish_reason\":\"stop\"")
                .endsWith("data: [DONE]\n\n");
        assertThat(before - balance()).isEqualTo(COST * offsets);
    }

    @ParameterizedTest
    @EnumSource(UsagePlace.class)
    void usageIsBelievedWhereverItIsTold(UsagePlace place) {
        upstream.once(
                "POST",
                CHAT,
                OpenAiScripts.text("m", "Grüße", " 春天").usage(9, 3).usagePlace(place));
        long before = balance();
        Reply reply = chat("m", "usage");
        ended();
        assertThat(said(reply.body())).isEqualTo("Grüße 春天");
        // What is never told is counted: another figure than the upstream would have told.
        long cost = before - balance();
        if (place == UsagePlace.NEVER) {
            assertThat(cost).isPositive().isNotEqualTo(COST);
        } else {
            assertThat(cost).isEqualTo(COST);
        }
        assertThat(reply.body().split("\"prompt_tokens\"", -1))
                .as("told at least once")
                .hasSizeGreaterThan(1);
        assertThat(reply.body()).endsWith("data: [DONE]\n\n");
    }

    @Test
    void aStreamWithoutEndMarkerIsCompleteWhenItTellsAFinish() {
        upstream.once("POST", CHAT, stream().endWithoutMarker());
        long before = balance();
        Reply reply = chat("m", "no marker");
        ended();
        assertThat(said(reply.body())).isEqualTo(SAID);
        assertThat(reply.body()).doesNotContain("\"error\"").endsWith("data: [DONE]\n\n");
        assertThat(before - balance()).isEqualTo(COST);
    }

    @Test
    void aStreamWithNeitherFinishNorEndMarkerIsBroken() {
        upstream.once("POST", CHAT, Script.answer().sse(chunk("Grüße")).endWithoutMarker());
        long before = balance();
        Reply reply = chat("m", "no finish");
        ended();
        assertThat(reply.body())
                .contains("Grüße")
                .contains("\"upstream_truncated\"")
                .doesNotContain("[DONE]");
        assertThat(balance()).isLessThan(before);
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void aConnectionThatBreaksInTheMiddleIsTold(boolean reset) {
        Script begun = Script.answer().sse(chunk("Grüße")).endWithoutMarker();
        upstream.once("POST", CHAT, reset ? begun.cut() : begun.hangUp());
        long before = balance();
        Reply reply = chat("m", "cut");
        ended();
        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.body())
                .contains("Grüße")
                .contains("\"upstream_truncated\"")
                .doesNotContain("[DONE]");
        assertThat(balance()).isLessThan(before);
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"choices\":[{\"index\":0,\"delta\":{\"content\":", "no json", "[]", "\"text\"", "7"})
    void anEventThatMakesNoSenseBeforeContentIsAFault(String payload) {
        upstream.once("POST", CHAT, Script.answer().sse(payload).endWithoutMarker());
        long before = balance();
        Reply reply = chat("m", "malformed");
        ended();
        assertThat(reply.status()).as(reply.body()).isBetween(500, 504);
        assertThat(reply.json().at("/error/code").asText()).startsWith("upstream_");
        assertThat(balance()).isEqualTo(before);
    }

    @Test
    void anEventThatMakesNoSenseAfterContentDoesNotPassForAnAnswer() {
        upstream.once(
                "POST",
                CHAT,
                Script.answer().sse(chunk("Grüße"), "{\"choices\":[{\"ind").endWithoutMarker());
        Reply reply = chat("m", "malformed later");
        ended();
        assertThat(reply.body()).contains("Grüße").contains("\"error\"").doesNotContain("[DONE]");
        assertThat(newest().kind()).isEqualTo(LedgerEntry.Kind.SETTLE);
    }

    @Test
    void anErrorObjectInsideA200BeforeContentIsAnHttpError() {
        for (Script answer :
                List.of(Script.answer().json(ERROR), Script.answer().thenError(ERROR))) {
            server.client().mend();
            upstream.once("POST", CHAT, answer);
            long before = balance();
            Reply reply = chat("m", "error");
            ended();
            assertThat(reply.status()).as(reply.body()).isBetween(500, 504);
            assertThat(reply.json().at("/error/message").asText()).isNotEmpty();
            assertThat(balance()).isEqualTo(before);
        }
    }

    @Test
    void anErrorObjectInsideA200AfterContentIsAnErrorEvent() {
        upstream.once("POST", CHAT, Script.answer().sse(chunk("Grüße")).thenError(ERROR));
        long before = balance();
        Reply reply = chat("m", "error later");
        ended();
        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.body()).contains("Grüße").doesNotContain("[DONE]");
        assertThat(reply.body().split("data: \\{\"error\"", -1)).as("told once").hasSize(2);
        assertThat(balance()).isLessThan(before);
    }

    @Test
    void silenceAfterTheHeadAndInTheMiddleOfAnEventIsBounded() {
        String event = "data: " + chunk("Grüße");
        for (Script answer : List.of(
                Script.answer()
                        .header("Content-Type", "text/event-stream")
                        .head()
                        .stall(),
                Script.answer()
                        .header("Content-Type", "text/event-stream")
                        .chunk(event.substring(0, 40))
                        .stall())) {
            server.client().mend();
            upstream.once("POST", CHAT, answer);
            long before = balance();
            Reply reply = chat("m", "stalled");
            ended();
            assertThat(reply.status()).as(reply.body()).isEqualTo(504);
            assertThat(reply.json().at("/error/code").asText()).isEqualTo("upstream_timeout");
            assertThat(balance()).isEqualTo(before);
        }
    }

    private static String chunk(String word) {
        return "{\"id\":\"c\",\"object\":\"chat.completion.chunk\",\"created\":1,\"model\":\"m\",\"choices\":[{\"index\":0,"
                + "\"delta\":{\"content\":\"" + word + "\"},\"finish_reason\":null}]}";
    }

    private static Script stream() {
        return Script.answer()
                .sse(
                        chunk(WORDS.get(0)),
                        chunk(WORDS.get(1)),
                        chunk(WORDS.get(2)),
                        "{\"id\":\"c\",\"object\":\"chat.completion.chunk\",\"created\":1,\"model\":\"m\",\"choices\":[{\"index\":0,"
                                + "\"delta\":{},\"finish_reason\":\"stop\"}]}",
                        "{\"id\":\"c\",\"object\":\"chat.completion.chunk\",\"created\":1,\"model\":\"m\",\"choices\":[],"
                                + "\"usage\":{\"prompt_tokens\":9,\"completion_tokens\":3,\"total_tokens\":12}}");
    }

    private static Script messages() {
        Script script = Script.answer()
                .event(
                        "message_start",
                        "{\"type\":\"message_start\",\"message\":{\"id\":\"msg_1\",\"type\":\"message\",\"role\":\"assistant\","
                                + "\"model\":\"m\",\"content\":[],\"usage\":{\"input_tokens\":9,\"output_tokens\":1}}}")
                .event(
                        "content_block_start",
                        "{\"type\":\"content_block_start\",\"index\":0,\"content_block\":{\"type\":\"text\",\"text\":\"\"}}");
        for (String word : WORDS) {
            script = script.event(
                    "content_block_delta",
                    "{\"type\":\"content_block_delta\",\"index\":0,\"delta\":{\"type\":\"text_delta\",\"text\":\""
                            + word + "\"}}");
        }
        return script.event("content_block_stop", "{\"type\":\"content_block_stop\",\"index\":0}")
                .event(
                        "message_delta",
                        "{\"type\":\"message_delta\",\"delta\":{\"stop_reason\":\"end_turn\"},\"usage\":{\"output_tokens\":3}}")
                .event("message_stop", "{\"type\":\"message_stop\"}");
    }

    private static String asked(ReceivedRequest request) {
        JsonValue last = request.json().elements("messages").getLast();
        String text = last.string("content", "");
        // Anthropic's requests have parts.
        return text.isEmpty() ? last.elements("content").getFirst().string("text", "") : text;
    }

    private static Reply chat(String model, String prompt) {
        return server.client()
                .send(
                        "POST",
                        CHAT,
                        "{\"model\":\"" + model + "\",\"stream\":true,\"stream_options\":{\"include_usage\":true},"
                                + "\"messages\":[{\"role\":\"user\",\"content\":\"" + prompt + "\"}]}",
                        key);
    }

    /** The answer without what differs from call to call. */
    private static String neutral(Reply reply) {
        return reply.body()
                .replaceAll("\"id\":\"[^\"]*\"", "\"id\":\"\"")
                .replaceAll("\"created\":\\d+", "\"created\":0");
    }

    /** The words of a stream, in JSON's spelling. */
    private static String said(String body) {
        return body.lines()
                .filter(line -> line.contains("\"content\":\""))
                .map(line -> line.replaceAll(".*\"content\":\"((?:[^\"\\\\]|\\\\.)*)\".*", "$1"))
                .collect(Collectors.joining());
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
