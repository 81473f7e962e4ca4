package io.patchbay.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.patchbay.billing.ledger.LedgerAudit;
import io.patchbay.server.TestServer.Client.Reply;
import io.patchbay.testkit.upstream.OpenAiScripts;
import io.patchbay.testkit.upstream.ScriptedUpstream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The product's main job over real sockets: a channel, a key, a chat, and what the ledger says of it. */
final class RelayTest {
    private static final String CHAT = "/v1/chat/completions";

    @TempDir
    private static Path home;

    private static ScriptedUpstream upstream;
    private static TestServer server;
    private static String key;

    @BeforeAll
    static void start() {
        upstream = ScriptedUpstream.start();
        upstream.on(
                "POST",
                "/v1/chat/completions",
                OpenAiScripts.text("gpt-test", "Hel", "lo", "!").usage(9, 3));
        server = TestServer.start(home);
        key = server.client().prepare(upstream.endpoint(), "gpt-test", "gpt-unpriced-later");
    }

    @BeforeEach
    void nothingRests() {
        server.client().mend();
    }

    @AfterAll
    static void stop() {
        server.close();
        upstream.close();
    }

    private static Reply chat(String body) {
        return server.client().send("POST", CHAT, body, key);
    }

    @Test
    void answersAPlainChatAndChargesIt() {
        long before = server.patchbay().parts().ledger().balance(1).owned();
        Reply reply = chat("{\"model\":\"gpt-test\",\"messages\":[{\"role\":\"user\",\"content\":\"Hi\"}]}");

        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.json().at("/choices/0/message/content").asText()).isEqualTo("Hello!");
        assertThat(reply.json().at("/usage/prompt_tokens").asInt()).isEqualTo(9);
        assertThat(reply.header("x-request-id")).hasSize(26);
        // 9 tokens at 1 credit and 3 tokens at 2 credits per thousand.
        assertThat(before - server.patchbay().parts().ledger().balance(1).owned())
                .isEqualTo(15_000);
        assertThat(server.client().get("/api/quota").path("quota").decimalValue())
                .isPositive();
    }

    @Test
    void streamsAnswersWithUsageOnlyWhenAsked() {
        String asked =
                "{\"model\":\"gpt-test\",\"stream\":true,\"stream_options\":{\"include_usage\":true},\"messages\":[{\"role\":\"user\",\"content\":\"Hi\"}]}";
        Reply with = chat(asked);
        Reply without = chat(asked.replace(",\"stream_options\":{\"include_usage\":true}", ""));

        assertThat(with.header("content-type")).startsWith("text/event-stream");
        assertThat(with.body())
                .contains("\"Hel\"")
                .contains("\"prompt_tokens\":9")
                .endsWith("data: [DONE]\n\n");
        assertThat(without.body())
                .contains("\"Hel\"")
                .doesNotContain("\"prompt_tokens\":9")
                .endsWith("data: [DONE]\n\n");
    }

    @Test
    void passesUnknownFieldsUnchangedToTheUpstream() {
        upstream.forget();
        chat(
                "{\"model\":\"gpt-test\",\"messages\":[{\"role\":\"user\",\"content\":\"Hi\"}],\"seed\":42,\"x_vendor\":{\"a\":[1.50,null]}}");

        String sent = upstream.awaitReceived(1).getLast().text();
        assertThat(sent).contains("\"seed\":42").contains("\"x_vendor\":{\"a\":[1.50,null]}");
        assertThat(upstream.received().getLast().header("authorization")).isEqualTo("Bearer sk-upstream-secret-1234");
    }

    @Test
    void listsModels() {
        JsonNode list = server.client().send("GET", "/v1/models", null, key).json();
        assertThat(list.path("object").asText()).isEqualTo("list");
        assertThat(list.path("data").findValuesAsText("id")).contains("gpt-test");
        assertThat(server.client()
                        .send("GET", "/api/v1/models/gpt-test", null, key)
                        .json()
                        .path("id")
                        .asText())
                .isEqualTo("gpt-test");
        assertThat(server.client().send("GET", "/v1/models/none", null, key).status())
                .isEqualTo(404);
    }

    @Test
    void hidesTheUpstreamsOwnRefusals() {
        for (int status : List.of(401, 402, 403)) {
            server.client().mend();
            upstream.once(
                    "POST",
                    "/v1/chat/completions",
                    OpenAiScripts.error(
                            status,
                            "invalid_request_error",
                            "invalid_api_key",
                            "Incorrect API key sk-upstream-secret-1234"));
            Reply reply = chat("{\"model\":\"gpt-test\",\"messages\":[{\"role\":\"user\",\"content\":\"Hi\"}]}");
            assertThat(reply.status()).isNotIn(401, 402, 403).isGreaterThanOrEqualTo(400);
            assertThat(reply.body()).doesNotContain("sk-upstream-secret-1234");
            assertThat(reply.json().at("/error/type").asText()).isNotEmpty();
        }
    }

    @Test
    void tellsTheClientWhenTheUpstreamBreaksOffInTheMiddle() {
        upstream.once(
                "POST",
                "/v1/chat/completions",
                io.patchbay.testkit.upstream.Script.answer()
                        .sse(
                                "{\"id\":\"x\",\"object\":\"chat.completion.chunk\",\"created\":1,\"model\":\"gpt-test\",\"choices\":[{\"index\":0,\"delta\":{\"role\":\"assistant\",\"content\":\"Hel\"},\"finish_reason\":null}]}")
                        .endWithoutMarker());
        Reply reply =
                chat("{\"model\":\"gpt-test\",\"stream\":true,\"messages\":[{\"role\":\"user\",\"content\":\"Hi\"}]}");
        assertThat(reply.body()).contains("\"Hel\"").contains("\"error\"");
    }

    @Test
    void pacedStreamsArriveWordByWord() {
        upstream.once(
                "POST",
                "/v1/chat/completions",
                OpenAiScripts.words("gpt-test", 10).paced(Duration.ofMillis(10)));
        Reply reply =
                chat("{\"model\":\"gpt-test\",\"stream\":true,\"messages\":[{\"role\":\"user\",\"content\":\"Hi\"}]}");
        assertThat(reply.body()
                        .lines()
                        .filter(line -> line.startsWith("data: "))
                        .count())
                .isGreaterThan(10);
    }

    @Test
    void ledgerHoldsAfterEverything() {
        assertThat(new LedgerAudit(server.patchbay().parts().database()).violations())
                .isEmpty();
    }
}
