package io.patchbay.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.patchbay.billing.ledger.LedgerAudit;
import io.patchbay.billing.tokens.TokenCounter;
import io.patchbay.foundation.json.Json;
import io.patchbay.server.TestServer.Client.Reply;
import io.patchbay.testkit.upstream.Script;
import io.patchbay.testkit.upstream.ScriptedUpstream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Upstreams that never say what a call has used: the tokens are counted here, prompt and answer. */
final class UnreportedUsageTest {
    private static final String CHAT = "/v1/chat/completions";
    private static final String MESSAGES = "/v1/messages";
    private static final String SAME = "gpt-4o-uncounted";
    private static final String CONVERTED = "claude-uncounted";

    /** What no character count guesses right: blanks, signs, code, escapes. */
    private static final List<String> WORDS = List.of(
            "Der Leuchtturm ",
            "war seit elf Jahren dunkel",
            ".\n\n```java\nfor (int i",
            " = 0; i < 10; i++) {\n        total += i;\n}\n```\n",
            "春天的早晨，小镇的街道上",
            "还没有什么人 😀",
            " \"quoted\" \\ and a tab\t!");

    private static final String ANSWER = String.join("", WORDS);
    private static final String REASONING = "Let me think about the keeper of this lighthouse.";

    @TempDir
    private static Path home;

    private static final TokenCounter COUNTER = new TokenCounter();
    private static ScriptedUpstream upstream;
    private static TestServer server;
    private static String key;

    @BeforeAll
    static void start() {
        upstream = ScriptedUpstream.start();
        server = TestServer.start(home);
        key = server.client().prepare(upstream.endpoint(), SAME);
        Reply upload = server.client()
                .upload(Path.of(System.getProperty("patchbay.test.providers", "target/provider-plugins"))
                        .resolve("patchbay-plugin-anthropic.jar"));
        assertThat(upload.status()).as(upload.body()).isEqualTo(201);
        server.client().price(SAME, CONVERTED);
        server.client().channel("claude", upstream.endpoint(), CONVERTED);
    }

    @BeforeEach
    void nothingRests() {
        server.client().mend();
    }

    @AfterAll
    static void stop() throws IOException {
        assertThat(new LedgerAudit(server.patchbay().parts().database()).violations())
                .isEmpty();
        server.close();
        upstream.close();
        assertThat(Files.readString(home.resolve("logs/patchbay.log")))
                .doesNotContain("Leuchtturm")
                .doesNotContain("the keeper of this lighthouse");
    }

    private static Reply chat(String model, boolean stream, String prompt) {
        return server.client()
                .send(
                        "POST",
                        CHAT,
                        "{\"model\":\"" + model + "\",\"stream\":" + stream
                                + (stream ? ",\"stream_options\":{\"include_usage\":true}" : "")
                                + ",\"messages\":[{\"role\":\"user\",\"content\":" + json(prompt) + "}]}",
                        key);
    }

    private static String json(String text) {
        return Json.mapper().valueToTree(text).toString();
    }

    private static long balance() {
        return server.patchbay().parts().ledger().balance(1).owned();
    }

    private static void nobodyCalls() {
        Awaitility.await()
                .atMost(Duration.ofSeconds(10))
                .until(() -> server.patchbay().parts().relay().metrics().active() == 0);
    }

    private static String chunk(String delta, String finish) {
        return "{\"id\":\"c\",\"object\":\"chat.completion.chunk\",\"created\":1,\"model\":\"m\",\"choices\":[{\"index\":0,"
                + "\"delta\":" + delta + ",\"finish_reason\":" + finish + "}]}";
    }

    private static List<String> chunks() {
        List<String> chunks = new ArrayList<>();
        chunks.add(chunk("{\"role\":\"assistant\",\"content\":\"\"}", "null"));
        chunks.add(chunk("{\"reasoning_content\":" + json(REASONING) + "}", "null"));
        WORDS.forEach(words -> chunks.add(chunk("{\"content\":" + json(words) + "}", "null")));
        return chunks;
    }

    private static Script messageStream(boolean complete) {
        Script script = Script.answer()
                .header("Content-Type", "text/event-stream")
                .event(
                        "message_start",
                        "{\"type\":\"message_start\",\"message\":{\"id\":\"msg_1\",\"type\":\"message\",\"role\":\"assistant\",\"model\":\"m\",\"content\":[]}}")
                .event(
                        "content_block_start",
                        "{\"type\":\"content_block_start\",\"index\":0,\"content_block\":{\"type\":\"text\",\"text\":\"\"}}");
        for (String words : WORDS) {
            script = script.event(
                    "content_block_delta",
                    "{\"type\":\"content_block_delta\",\"index\":0,\"delta\":{\"type\":\"text_delta\",\"text\":"
                            + json(words) + "}}");
        }
        if (complete) {
            script = script.event("content_block_stop", "{\"type\":\"content_block_stop\",\"index\":0}")
                    .event("message_delta", "{\"type\":\"message_delta\",\"delta\":{\"stop_reason\":\"end_turn\"}}")
                    .event("message_stop", "{\"type\":\"message_stop\"}");
        }
        return script;
    }

    /** The last chunk of a stream that tells a usage. */
    private static JsonNode usage(Reply stream) {
        String last = stream.body()
                .lines()
                .filter(line -> line.startsWith("data: {") && line.contains("prompt_tokens"))
                .reduce((first, second) -> second)
                .orElseThrow(() -> new AssertionError("no usage in: " + stream.body()));
        try {
            return Json.read(last.substring("data: ".length()), JsonNode.class).path("usage");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void told(JsonNode usage, long input, long output) {
        assertThat(usage.path("prompt_tokens").asLong()).isEqualTo(input);
        assertThat(usage.path("completion_tokens").asLong()).isEqualTo(output);
    }

    /** One credit a thousand tokens in, two out. */
    private static long cost(long input, long output) {
        return 1_000 * input + 2_000 * output;
    }

    /** The tokens of a chat of one message. */
    private static long input(String model, String prompt) {
        return COUNTER.text(model, prompt) + COUNTER.text(model, "user") + 3 + 3;
    }

    @Test
    void aForwardedStreamIsCounted() {
        List<String> chunks = chunks();
        chunks.add(chunk("{}", "\"stop\""));
        upstream.once("POST", CHAT, Script.answer().sse(chunks));
        long before = balance();
        Reply reply = chat(SAME, true, "Wer war das?");

        long input = input(SAME, "Wer war das?");
        long output = COUNTER.text(SAME, ANSWER) + COUNTER.text(SAME, REASONING);
        told(usage(reply), input, output);
        assertThat(before - balance()).isEqualTo(cost(input, output));
    }

    @Test
    void aForwardedStreamOfCallsIsCounted() {
        upstream.once(
                "POST",
                CHAT,
                Script.answer()
                        .sse(
                                chunk(
                                        "{\"tool_calls\":[{\"index\":0,\"id\":\"a\",\"type\":\"function\",\"function\":{\"name\":\"find_city\",\"arguments\":\"\"}}]}",
                                        "null"),
                                chunk(
                                        "{\"tool_calls\":[{\"index\":0,\"function\":{\"arguments\":\"{\\\"city\\\":\"}}]}",
                                        "null"),
                                chunk(
                                        "{\"tool_calls\":[{\"index\":0,\"function\":{\"arguments\":\"\\\"Oslo\\\"}\"}}]}",
                                        "null"),
                                chunk("{}", "\"tool_calls\"")));
        told(
                usage(chat(SAME, true, "Hi")),
                input(SAME, "Hi"),
                COUNTER.text(SAME, "find_city") + COUNTER.text(SAME, "{\"city\":\"Oslo\"}"));
    }

    @Test
    void aWholeAnswerIsCounted() {
        upstream.once(
                "POST",
                CHAT,
                Script.answer()
                        .json(
                                "{\"id\":\"c\",\"object\":\"chat.completion\",\"created\":1,\"model\":\"m\",\"choices\":[{\"index\":0,"
                                        + "\"message\":{\"role\":\"assistant\",\"content\":" + json(ANSWER)
                                        + "},\"finish_reason\":\"stop\"}]}"));
        long before = balance();
        Reply reply = chat(SAME, false, "Hi");
        assertThat(reply.json().at("/choices/0/message/content").asText()).isEqualTo(ANSWER);
        assertThat(before - balance()).isEqualTo(cost(input(SAME, "Hi"), COUNTER.text(SAME, ANSWER)));
    }

    @Test
    void aConvertedStreamIsCounted() {
        upstream.once("POST", MESSAGES, messageStream(true));
        long before = balance();
        Reply reply = chat(CONVERTED, true, "Hi");

        long output = COUNTER.text(CONVERTED, ANSWER);
        told(usage(reply), input(CONVERTED, "Hi"), output);
        assertThat(before - balance()).isEqualTo(cost(input(CONVERTED, "Hi"), output));
        // The two vocabularies do not agree on this answer, so it matters which one was taken.
        assertThat(output).isNotEqualTo(COUNTER.text(SAME, ANSWER));
    }

    @Test
    void aConvertedWholeAnswerIsCounted() {
        upstream.once(
                "POST",
                MESSAGES,
                Script.answer()
                        .json(
                                "{\"id\":\"msg_1\",\"type\":\"message\",\"role\":\"assistant\",\"model\":\"m\",\"stop_reason\":\"end_turn\","
                                        + "\"content\":[{\"type\":\"text\",\"text\":" + json(ANSWER) + "}]}"));
        Reply reply = chat(CONVERTED, false, "Hi");
        told(reply.json().path("usage"), input(CONVERTED, "Hi"), COUNTER.text(CONVERTED, ANSWER));
    }

    @Test
    void ofABrokenStreamWhatWasDeliveredIsCounted() {
        upstream.once(
                "POST", CHAT, Script.answer().sse(chunks()).endWithoutMarker().cut());
        long before = balance();
        assertThat(chat(SAME, true, "Hi").body()).contains("Leuchtturm").contains("\"upstream_truncated\"");
        nobodyCalls();
        assertThat(before - balance())
                .isEqualTo(cost(input(SAME, "Hi"), COUNTER.text(SAME, ANSWER) + COUNTER.text(SAME, REASONING)));

        upstream.once("POST", MESSAGES, messageStream(false).cut());
        before = balance();
        assertThat(chat(CONVERTED, true, "Hi").body()).contains("Leuchtturm").contains("\"upstream_truncated\"");
        nobodyCalls();
        assertThat(before - balance()).isEqualTo(cost(input(CONVERTED, "Hi"), COUNTER.text(CONVERTED, ANSWER)));
    }

    @Test
    void longPromptsAndLongAnswersAreCountedToTheLastToken() {
        String prompt = "The lighthouse had been dark for eleven years.\n".repeat(4_000);
        List<String> chunks = new ArrayList<>();
        StringBuilder answer = new StringBuilder();
        for (int i = 0; i < 6_000; i++) {
            String words = "and the keeper counted step " + i + ", ";
            answer.append(words);
            chunks.add(chunk("{\"content\":" + json(words) + "}", "null"));
        }
        chunks.add(chunk("{}", "\"stop\""));
        upstream.once("POST", CHAT, Script.answer().sse(chunks));
        long before = balance();
        Reply reply = chat(SAME, true, prompt);

        long input = input(SAME, prompt);
        long output = COUNTER.text(SAME, answer.toString());
        told(usage(reply), input, output);
        assertThat(before - balance()).isEqualTo(cost(input, output));
    }

    @Test
    void whatTheUpstreamReportsIsBelieved() {
        List<String> chunks = chunks();
        chunks.add(chunk("{}", "\"stop\""));
        chunks.add(
                "{\"id\":\"c\",\"choices\":[],\"usage\":{\"prompt_tokens\":5,\"completion_tokens\":6,\"total_tokens\":11}}");
        upstream.once("POST", CHAT, Script.answer().sse(chunks));
        told(usage(chat(SAME, true, "Hi")), 5, 6);
    }
}
