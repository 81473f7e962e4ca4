package io.patchbay.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.patchbay.server.TestServer.Client.Reply;
import io.patchbay.testkit.upstream.OpenAiScripts;
import io.patchbay.testkit.upstream.Script;
import io.patchbay.testkit.upstream.ScriptedUpstream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the request log says of calls that really were made. */
final class RequestRecordsTest {
    private static final String CHAT = "/v1/chat/completions";
    private static final String HI = "\"messages\":[{\"role\":\"user\",\"content\":\"a very private question\"}]}";

    @TempDir
    private static Path home;

    private static ScriptedUpstream upstream;
    private static VideoStudio studio;
    private static TestServer server;
    private static String key;

    @BeforeAll
    static void start() {
        upstream = ScriptedUpstream.start();
        studio = new VideoStudio();
        upstream.on(
                "POST", CHAT, OpenAiScripts.text("gpt-test", "Hel", "lo", "!").usage(9, 3));
        upstream.on("POST", "/v1/images", OpenAiScripts.images());
        server = TestServer.start(home, Map.of("SERVER_PUBLIC_URL", "https://site.example"));
        key = server.client().prepare(upstream.endpoint(), "gpt-test", "gpt-image-1");
        server.client()
                .post(
                        "/api/admin/charge/set",
                        Map.of(
                                "id",
                                -1,
                                "type",
                                "times-billing",
                                "models",
                                List.of("sora-2"),
                                "input",
                                0,
                                "output",
                                0.1,
                                "anonymous",
                                false));
        server.client().channel("openai", studio.endpoint(), "sora-2");
    }

    @BeforeEach
    void nothingRests() {
        server.client().mend();
    }

    @AfterAll
    static void stop() {
        server.close();
        upstream.close();
        studio.close();
    }

    private static Reply chat(String body) {
        return server.client().send("POST", CHAT, body, key);
    }

    /** Returns the line of a call, which is written behind it. */
    private static JsonNode line(Reply reply) {
        String id = reply.header("x-request-id");
        return Awaitility.await().until(() -> find(id), found -> !found.isMissingNode());
    }

    private static JsonNode find(String id) {
        JsonNode answer = server.client()
                .post("/api/record/view?page=0", Map.of("type", "consume", "show_channel", true, "size", 100));
        for (JsonNode line : answer.path("data").path("records")) {
            if (line.path("request_id").asText().equals(id)) {
                return line;
            }
        }
        return answer.path("nothing");
    }

    @Test
    void anAnsweredChatIsKeptWithAllItsFactsAndWithoutItsWords() {
        Reply reply = chat("{\"model\":\"gpt-test\"," + HI);
        assertThat(reply.status()).isEqualTo(200);

        JsonNode line = line(reply);
        assertThat(line.path("username").asText()).isEqualTo("root");
        assertThat(line.path("token_name").asText()).isEqualTo("default");
        assertThat(line.path("type").asText()).isEqualTo("consume");
        assertThat(line.path("status").asInt()).isEqualTo(200);
        assertThat(line.path("outcome").asText()).isEqualTo("answered");
        assertThat(line.path("input_tokens").asInt()).isEqualTo(9);
        assertThat(line.path("output_tokens").asInt()).isEqualTo(3);
        assertThat(line.path("quota").decimalValue()).isEqualByComparingTo("0.015");
        assertThat(line.path("channel_name").asText()).isEqualTo("test");
        assertThat(line.path("plugin").asText()).startsWith("openai@");
        assertThat(line.toString()).doesNotContain("private question").doesNotContain("Hello!");
    }

    @Test
    void aRefusalIsKeptWithTheStatusTheClientGot() {
        upstream.once("POST", CHAT, OpenAiScripts.error(401, "invalid_request_error", "invalid_api_key", "bad key"));
        Reply reply = chat("{\"model\":\"gpt-test\"," + HI);
        assertThat(reply.status()).isEqualTo(503);

        JsonNode line = line(reply);
        assertThat(line.path("status").asInt()).isEqualTo(503);
        assertThat(line.path("outcome").asText()).isEqualTo("failed");
        assertThat(line.path("fault").asText()).isEqualTo("KEY_DEAD");
        assertThat(line.path("quota").decimalValue()).isZero();
        assertThat(line.path("detail").asText()).contains("failed: KEY_DEAD");
    }

    @Test
    void aStreamThatBrokeOffHadBegunWell() {
        upstream.once("POST", CHAT, Script.answer().sse("""
                        {"id":"x","object":"chat.completion.chunk","created":1,"model":"gpt-test","choices":[{"index":0,\
                        "delta":{"role":"assistant","content":"Hel"},"finish_reason":null}]}""").endWithoutMarker());
        Reply reply = chat("{\"model\":\"gpt-test\",\"stream\":true," + HI);

        JsonNode line = line(reply);
        assertThat(line.path("status").asInt()).isEqualTo(200);
        assertThat(line.path("outcome").asText()).isEqualTo("broken");
        assertThat(line.path("streamed").asBoolean()).isTrue();
        assertThat(line.path("estimated").asBoolean()).isTrue();
        assertThat(line.path("quota").decimalValue()).isPositive();
    }

    @Test
    void aPictureIsKeptWithItsTokensAndItsCost() {
        Reply reply = server.client()
                .send(
                        "POST",
                        "/v1/images/generations",
                        "{\"model\":\"gpt-image-1\",\"prompt\":\"a cat\",\"n\":1}",
                        key);
        assertThat(reply.status()).as(reply.body()).isEqualTo(200);

        JsonNode line = line(reply);
        assertThat(line.path("status").asInt()).isEqualTo(200);
        assertThat(line.path("input_tokens").asInt()).isEqualTo(12);
        assertThat(line.path("output_tokens").asInt()).isEqualTo(100);
        assertThat(line.path("quota").decimalValue()).isEqualByComparingTo("0.212");
    }

    @Test
    void aVideoCostsNothingWhileItIsMadeAndIsChargedToItsOrder() {
        Reply reply = server.client()
                .send("POST", "/v1/videos", "{\"model\":\"sora-2\",\"prompt\":\"a cat\",\"seconds\":8}", key);
        assertThat(reply.status()).as(reply.body()).isEqualTo(200);
        String upstreamId = studio.awaitOrder(1);
        JsonNode ordered = line(reply);
        assertThat(ordered.path("task_id").asText()).isNotEmpty();
        assertThat(ordered.path("status").asInt()).isEqualTo(200);
        assertThat(ordered.path("quota").decimalValue()).isZero();

        studio.complete(upstreamId);

        Awaitility.await()
                .atMost(Duration.ofSeconds(30))
                .untilAsserted(() ->
                        assertThat(line(reply).path("quota").decimalValue()).isEqualByComparingTo("0.1"));
    }

    @Test
    void theLogIsExportedAndSummedUp() {
        Reply reply = chat("{\"model\":\"gpt-test\"," + HI);
        line(reply);

        Reply csv = server.client()
                .send(
                        "GET",
                        "/api/record/export?model=gpt-test",
                        null,
                        server.client().session());
        assertThat(csv.status()).isEqualTo(200);
        assertThat(csv.header("content-type")).isEqualToIgnoringCase("text/csv;charset=utf-8");
        assertThat(csv.header("content-disposition")).isEqualTo("attachment; filename=\"records.csv\"");
        assertThat(csv.body()).contains(reply.header("x-request-id")).doesNotContain("private question");
        JsonNode stats = server.client().post("/api/record/stats", Map.of()).path("data");
        assertThat(stats.path("request_month").asLong()).isPositive();
        assertThat(stats.path("billing_month").decimalValue())
                .isGreaterThanOrEqualTo(stats.path("billing_today").decimalValue());
    }
}
