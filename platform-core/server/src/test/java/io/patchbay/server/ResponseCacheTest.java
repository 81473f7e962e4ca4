package io.patchbay.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.patchbay.billing.ledger.LedgerAudit;
import io.patchbay.relay.record.RequestRecord;
import io.patchbay.relay.record.RequestRecordMapper;
import io.patchbay.server.TestServer.Client.Reply;
import io.patchbay.spi.chat.ChatMessage.ToolCall;
import io.patchbay.testkit.upstream.ChatAnswer;
import io.patchbay.testkit.upstream.OpenAiScripts;
import io.patchbay.testkit.upstream.Script;
import io.patchbay.testkit.upstream.ScriptedUpstream;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Answers that are given again: what the client sees, what the ledger says, and how often the upstream was asked. */
final class ResponseCacheTest {
    private static final String CHAT = "/v1/chat/completions";
    private static final String ADMIN = "/api/admin/cache";

    @TempDir
    private static Path home;

    private static ScriptedUpstream upstream;
    private static TestServer server;
    private static String key;

    @BeforeAll
    static void start() {
        upstream = ScriptedUpstream.start();
        upstream.on("POST", CHAT, request -> says("answer " + request.number()).apply(request));
        server = TestServer.start(home);
        key = server.client().prepare(upstream.endpoint(), "gpt-cached", "gpt-plain");
    }

    @AfterAll
    static void stop() {
        server.close();
        upstream.close();
    }

    @BeforeEach
    void reset() {
        settings("{\"models\":[\"gpt-cached\"],\"size\":1,\"expire\":600}");
        clear();
        upstream.forget();
    }

    private static ChatAnswer says(String... words) {
        return OpenAiScripts.text("gpt-cached", words).usage(9, 3);
    }

    private static void settings(String body) {
        Reply reply = server.client().send("PUT", ADMIN, body, server.client().session());
        assertThat(reply.status()).as(reply.body()).isEqualTo(200);
    }

    private static void clear() {
        Reply reply = server.client()
                .send("POST", ADMIN + "/clear", null, server.client().session());
        assertThat(reply.status()).as(reply.body()).isEqualTo(200);
    }

    private static String body(String question) {
        return "{\"model\":\"gpt-cached\",\"messages\":[{\"role\":\"user\",\"content\":\"" + question + "\"}]}";
    }

    private static String streamed(String question) {
        return body(question)
                .replace("\"messages\"", "\"stream\":true,\"stream_options\":{\"include_usage\":true},\"messages\"");
    }

    private static Reply chat(String body) {
        return server.client().send("POST", CHAT, body, key);
    }

    private static String content(Reply reply) {
        assertThat(reply.status()).as(reply.body()).isEqualTo(200);
        return reply.json().at("/choices/0/message/content").asText();
    }

    /** Returns the joined deltas of a stream. */
    private static String text(Reply stream) {
        StringBuilder text = new StringBuilder();
        for (JsonNode chunk : chunks(stream)) {
            text.append(chunk.at("/choices/0/delta/content").asText(""));
        }
        return text.toString();
    }

    private static List<JsonNode> chunks(Reply stream) {
        return stream.body()
                .lines()
                .filter(line -> line.startsWith("data: {"))
                .map(line -> new Reply(200, Map.of(), line.substring("data: ".length())).json())
                .toList();
    }

    private static boolean isHit(Reply reply) {
        assertThat(reply.status()).as(reply.body()).isEqualTo(200);
        return reply.header("patchbay-cache").equals("hit");
    }

    private static long owned(long user) {
        return server.patchbay().parts().ledger().balance(user).owned();
    }

    private static int asked() {
        return upstream.received().size();
    }

    private static List<RequestRecord> records() {
        return server.patchbay().parts().database().read(RequestRecordMapper.class, mapper -> mapper.newest(1, 50));
    }

    @Test
    void aHitIsTheSameAnswerAndCostsNothing() {
        long before = owned(1);
        Reply first = chat(body("twice"));
        long afterFirst = owned(1);
        Reply second = chat(body("twice"));

        assertThat(isHit(first)).isFalse();
        assertThat(isHit(second)).isTrue();
        assertThat(content(second)).isEqualTo(content(first)).startsWith("answer ");
        assertThat(second.json().at("/usage/prompt_tokens").asInt()).isEqualTo(9);
        assertThat(second.json().at("/usage/completion_tokens").asInt()).isEqualTo(3);
        assertThat(second.json().path("id").asText())
                .isNotEqualTo(first.json().path("id").asText());
        assertThat(before - afterFirst).isEqualTo(15_000);
        assertThat(owned(1)).isEqualTo(afterFirst);
        assertThat(asked()).isEqualTo(1);
        assertThat(new LedgerAudit(server.patchbay().parts().database()).violations())
                .isEmpty();
    }

    @Test
    void aHitIsRecordedAsOne() {
        chat(body("recorded"));
        String id = chat(body("recorded")).header("x-request-id");
        await().untilAsserted(() -> {
            List<RequestRecord> found = records().stream()
                    .filter(record -> record.requestId().equals(id))
                    .toList();
            assertThat(found).hasSize(1);
            RequestRecord done = found.getFirst();
            assertThat(done.outcome()).isEqualTo("answered");
            assertThat(done.notes()).contains("cache=hit");
            assertThat(done.micro()).isZero();
            assertThat(done.attempts()).isZero();
            assertThat(done.inputTokens()).isEqualTo(9);
        });
    }

    @Test
    void theAnswerToAStreamIsStreamedAgainAndAlsoGivenWhole() {
        Reply first = chat(streamed("stream"));
        Reply again = chat(streamed("stream"));
        Reply whole = chat(body("stream"));

        assertThat(isHit(again)).isTrue();
        assertThat(again.header("content-type")).startsWith("text/event-stream");
        assertThat(text(again)).isEqualTo(text(first)).startsWith("answer ");
        assertThat(again.body()).contains("\"finish_reason\":\"stop\"").endsWith("data: [DONE]\n\n");
        assertThat(chunks(again).getLast().at("/usage/prompt_tokens").asInt()).isEqualTo(9);
        assertThat(isHit(whole)).isTrue();
        assertThat(content(whole)).isEqualTo(text(first));
        assertThat(asked()).isEqualTo(1);
    }

    @Test
    void usageIsStreamedOnAHitOnlyWhenAsked() {
        chat(streamed("usage"));
        Reply without = chat(streamed("usage").replace(",\"stream_options\":{\"include_usage\":true}", ""));
        assertThat(isHit(without)).isTrue();
        assertThat(without.body()).doesNotContain("prompt_tokens").endsWith("data: [DONE]\n\n");
    }

    @Test
    void toolCallsAndReasoningAreGivenAgain() {
        upstream.once(
                "POST",
                CHAT,
                OpenAiScripts.tools("gpt-cached", new ToolCall("call_42", "look_up", "{\"city\":\"Bern\"}"))
                        .reasoning("hm", "m"));
        chat(streamed("tools"));
        Reply whole = chat(body("tools"));

        assertThat(isHit(whole)).isTrue();
        JsonNode message = whole.json().at("/choices/0/message");
        assertThat(message.at("/tool_calls/0/id").asText()).isEqualTo("call_42");
        assertThat(message.at("/tool_calls/0/function/name").asText()).isEqualTo("look_up");
        assertThat(message.at("/tool_calls/0/function/arguments").asText()).isEqualTo("{\"city\":\"Bern\"}");
        assertThat(message.path("reasoning_content").asText()).isEqualTo("hmm");
        assertThat(whole.json().at("/choices/0/finish_reason").asText()).isEqualTo("tool_calls");
        assertThat(chat(streamed("tools")).body())
                .contains("\"id\":\"call_42\"")
                .contains("\"name\":\"look_up\"")
                .contains("\"finish_reason\":\"tool_calls\"");
        assertThat(asked()).isEqualTo(1);
    }

    /** No route puts a user into another group yet: that groups do not share is tested with the cache itself. */
    @Test
    void usersOfOneGroupShareAnswers() {
        var accounts = server.patchbay().parts().accounts();
        var user = accounts.users().create("sharing", "sharing@example.com", "a-fine-password", false);
        server.client().post("/api/admin/user/quota", Map.of("id", user.id(), "quota", 1_000, "override", true));
        String other = accounts.apiKeys().defaultKey(user.id()).orElseThrow();
        chat(body("shared"));

        assertThat(isHit(server.client().send("POST", CHAT, body("shared"), other)))
                .isTrue();
        assertThat(owned(user.id())).isEqualTo(1_000_000_000L);
        assertThat(asked()).isEqualTo(1);
    }

    @Test
    void brokenAnswersAreNotGivenAgain() {
        String chunk = "{\"id\":\"x\",\"object\":\"chat.completion.chunk\",\"created\":1,\"model\":\"m\",\"choices\":["
                + "{\"index\":0,\"delta\":{\"role\":\"assistant\",\"content\":\"Hel\"},\"finish_reason\":null}]}";
        upstream.once("POST", CHAT, Script.answer().sse(chunk).endWithoutMarker());
        Reply broken = chat(streamed("broken"));
        assertThat(broken.body()).contains("\"Hel\"").contains("\"error\"");

        Reply next = chat(streamed("broken"));
        assertThat(isHit(next)).isFalse();
        assertThat(text(next)).startsWith("answer ");
        assertThat(asked()).isEqualTo(2);
    }

    @Test
    void filteredAnswersAreNotGivenAgain() {
        upstream.once("POST", CHAT, says("I will").finish("content_filter"));
        Reply filtered = chat(body("filtered"));
        assertThat(filtered.json().at("/choices/0/finish_reason").asText()).isEqualTo("content_filter");
        assertThat(isHit(chat(body("filtered")))).isFalse();
        assertThat(asked()).isEqualTo(2);
    }

    @Test
    void answersCutByTheClientsLimitAreGivenAgain() {
        upstream.once("POST", CHAT, says("As long").finish("length"));
        chat(body("limit"));
        Reply again = chat(body("limit"));
        assertThat(isHit(again)).isTrue();
        assertThat(again.json().at("/choices/0/finish_reason").asText()).isEqualTo("length");
    }

    @Test
    void onlyTheSameRequestForAListedModelIsAHit() {
        chat(body("same"));
        assertThat(isHit(chat(body("same").replace("}]", "}],\"temperature\":1"))))
                .isFalse();
        assertThat(isHit(chat(body("same").replace("}]", "}],\"temperature\":1.0"))))
                .isTrue();
        assertThat(isHit(chat(body("same").replace("}]", "}],\"user\":\"u-1\""))))
                .isTrue();
        assertThat(isHit(chat(body("same").replace("}]", "}],\"n\":2")))).isFalse();
        assertThat(isHit(chat(body("same").replace("}]", "}],\"n\":2")))).isFalse();

        String plain = body("same").replace("gpt-cached", "gpt-plain");
        chat(plain);
        assertThat(isHit(chat(plain))).isFalse();
        assertThat(asked()).isEqualTo(6);
    }

    @Test
    void aCallInsideAConversationAsksTheUpstream() throws Exception {
        chat(body("conversation"));
        try (HttpClient http = HttpClient.newHttpClient()) {
            HttpRequest request = HttpRequest.newBuilder(server.uri().resolve(CHAT))
                    .header("Authorization", "Bearer " + key)
                    .header("Patchbay-Conversation", "trip-1")
                    .POST(HttpRequest.BodyPublishers.ofString(body("conversation")))
                    .build();
            HttpResponse<String> response = http.send(request, HttpResponse.BodyHandlers.ofString());
            assertThat(response.statusCode()).isEqualTo(200);
            assertThat(response.headers().firstValue("patchbay-cache")).isEmpty();
        }
        assertThat(asked()).isEqualTo(2);
    }

    @Test
    void severalAnswersAreKeptAsManyAsTheSizeSays() {
        settings("{\"size\":2}");
        Set<String> told = new HashSet<>();
        for (int i = 0; i < 60; i++) {
            told.add(content(chat(body("variants"))));
        }
        assertThat(told).hasSize(2);
        assertThat(asked()).isEqualTo(2);
    }

    @Test
    void answersExpire() {
        settings("{\"expire\":1}");
        String first = content(chat(body("expiry")));
        await().untilAsserted(() -> assertThat(content(chat(body("expiry")))).isNotEqualTo(first));
        assertThat(asked()).isGreaterThan(1);
    }

    @Test
    void settingsAreEffectiveAtOnce() {
        chat(body("at once"));
        assertThat(isHit(chat(body("at once")))).isTrue();
        settings("{\"models\":[]}");
        assertThat(isHit(chat(body("at once")))).isFalse();
        settings("{\"models\":[\"gpt-cached\"]}");
        assertThat(isHit(chat(body("at once")))).isTrue();
        clear();
        assertThat(isHit(chat(body("at once")))).isFalse();
        assertThat(asked()).isEqualTo(3);
    }

    @Test
    void neitherTheRequestNorTheAnswerIsInTheDatabaseOrTheLog() throws Exception {
        upstream.once("POST", CHAT, says("pineapple-answer"));
        assertThat(content(chat(body("pineapple-question")))).isEqualTo("pineapple-answer");
        Reply hit = chat(body("pineapple-question"));
        assertThat(isHit(hit)).isTrue();
        String id = hit.header("x-request-id");
        await().until(() ->
                records().stream().anyMatch(record -> record.requestId().equals(id)));
        try (var files = Files.walk(home)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                String bytes = Files.readString(file, StandardCharsets.ISO_8859_1);
                assertThat(bytes.contains("pineapple")).as(file.toString()).isFalse();
            }
        }
    }
}
