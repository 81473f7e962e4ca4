package io.patchbay.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.patchbay.billing.ledger.LedgerAudit;
import io.patchbay.foundation.json.Json;
import io.patchbay.server.TestServer.Client.Reply;
import io.patchbay.testkit.upstream.OpenAiScripts;
import io.patchbay.testkit.upstream.ReceivedRequest;
import io.patchbay.testkit.upstream.Script;
import io.patchbay.testkit.upstream.ScriptedUpstream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** An operator tries channels, stored and not yet stored, against a running server: chat, list of models, balance. */
final class ChannelTrialTest {
    private static final String CHAT = "/v1/chat/completions";
    private static final String ADMIN = "/api/admin/channel/";
    private static final String FIRST = "sk-first-0123456789abcdef";
    private static final String SECOND = "sk-second-0123456789abcdef";
    private static final String PROMPT = "What is the colour of a heliotrope on trial?";

    @TempDir
    private static Path home;

    private static TestServer server;

    private ScriptedUpstream upstream;

    @BeforeAll
    static void start() {
        server = TestServer.start(home);
        server.client().signIn();
        Reply upload = server.client()
                .upload(Path.of(System.getProperty("patchbay.test.providers", "target/provider-plugins"))
                        .resolve("patchbay-plugin-openai-compatible.jar"));
        assertThat(upload.status()).as(upload.body()).isEqualTo(201);
    }

    @AfterAll
    static void stop() throws IOException {
        assertThat(new LedgerAudit(server.patchbay().parts().database()).violations())
                .isEmpty();
        server.close();
        assertThat(Files.readString(home.resolve("logs/patchbay.log")))
                .doesNotContain(PROMPT)
                .doesNotContain(FIRST)
                .doesNotContain("a deep purple")
                .doesNotContain(" ERROR ");
    }

    @BeforeEach
    void open() {
        upstream = ScriptedUpstream.start();
        upstream.remembering(20);
    }

    @AfterEach
    void close() {
        for (JsonNode channel : server.client().get(ADMIN + "list").path("data")) {
            server.client().get(ADMIN + "delete/" + channel.path("id").asLong());
        }
        upstream.close();
    }

    private ObjectNode form(String type, String... models) {
        ObjectNode form = Json.mapper().createObjectNode();
        form.put("name", "the " + type + " channel").put("type", type).put("endpoint", upstream.endpoint());
        form.put("secret", FIRST + "\n" + SECOND).put("retry", 1).put("state", false);
        form.put("mapper", "quick>gpt-quick").put("weight", 1).put("priority", 0);
        List.of(models).forEach(form.withArray("models")::add);
        return form;
    }

    private long channel(String type, String... models) {
        JsonNode answer = server.client().post(ADMIN + "create", form(type, models));
        assertThat(answer.path("status").asBoolean()).as(answer.toString()).isTrue();
        return answer.path("id").asLong();
    }

    private static Reply send(String method, String path, String body) {
        return server.client().send(method, path, body, server.client().session());
    }

    private static Reply test(long id, String options) {
        return send("POST", ADMIN + id + "/test", options.replace('\'', '"'));
    }

    private static JsonNode tested(long id, String options) {
        Reply reply = test(id, options);
        assertThat(reply.status()).as(reply.body()).isEqualTo(200);
        return reply.json();
    }

    private static List<String> steps(JsonNode report) {
        return StreamSupport.stream(report.path("steps").spliterator(), false)
                .map(step ->
                        (step.path("step").asText() + " " + step.path("detail").asText()).strip())
                .toList();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aWorkingChannelAnswersAndNobodyPays(boolean stream) {
        upstream.on("POST", CHAT, OpenAiScripts.echoModel("a deep ", "purple").usage(9, 3));
        long id = channel("openai", "gpt-test");
        long before = server.patchbay().parts().ledger().balance(1).owned();

        JsonNode report = tested(id, "{'model':'quick','key':1,'stream':" + stream + ",'prompt':'" + PROMPT + "'}");

        assertThat(report.path("ok").asBoolean()).as(report.toString()).isTrue();
        assertThat(report.path("check").asText()).isEqualTo("chat");
        assertThat(report.path("text").asText()).isEqualTo("a deep purple");
        assertThat(report.path("upstreamModel").asText()).isEqualTo("gpt-quick");
        assertThat(report.at("/usage/input").asLong()).isEqualTo(9);
        assertThat(report.path("firstContentMs").isNumber()).isTrue();
        assertThat(report.path("plugin").asText()).isEqualTo("openai");
        assertThat(report.path("keyMask").asText()).isEqualTo("sk-s****cdef");
        assertThat(steps(report))
                .containsExactly(
                        "ready",
                        "asked POST /v1/chat/completions",
                        "head 200 " + (stream ? "text/event-stream" : "application/json"),
                        "first content",
                        "end ok");
        ReceivedRequest sent = upstream.awaitReceived(1).getFirst();
        assertThat(sent.header("authorization")).isEqualTo("Bearer " + SECOND);
        assertThat(sent.text()).contains(PROMPT);
        assertThat(server.patchbay().parts().ledger().balance(1).owned()).isEqualTo(before);
    }

    @Test
    void aTestIsInTheAuditLogWithoutItsPrompt() {
        upstream.on("POST", CHAT, OpenAiScripts.echoModel("a deep purple"));
        long id = channel("openai", "gpt-test");

        tested(id, "{'prompt':'" + PROMPT + "'}");

        JsonNode entries = server.client().get("/api/admin/audit");
        assertThat(entries.toString()).contains("channel.test", "channel " + id, "model gpt-test: ok");
        assertThat(entries.toString()).doesNotContain(PROMPT);
    }

    @Test
    void aDeadKeyIsToldWithWhatToDo() {
        upstream.on(
                "POST",
                CHAT,
                OpenAiScripts.error(
                        401, "invalid_request_error", "invalid_api_key", "Incorrect API key provided: " + FIRST));
        long id = channel("openai", "gpt-test");

        Reply reply = test(id, "{'key':0}");

        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.json().path("ok").asBoolean()).isFalse();
        assertThat(reply.json().at("/fault/kind").asText()).isEqualTo("KEY_DEAD");
        assertThat(reply.json().at("/fault/status").asInt()).isEqualTo(401);
        assertThat(reply.json().at("/fault/vendorCode").asText()).isEqualTo("invalid_api_key");
        assertThat(reply.json().at("/fault/hint/en").asText()).contains("Enter a new one");
        assertThat(reply.body()).doesNotContain(FIRST).doesNotContain("127.0.0.1");
    }

    @Test
    void aSlowUpstreamIsGivenUpAndCut() {
        upstream.on("POST", CHAT, Script.answer().stall());
        long id = channel("openai", "gpt-test");

        JsonNode report = tested(id, "{'timeout':1}");

        assertThat(report.at("/fault/sub").asText()).isEqualTo("timeout");
        assertThat(report.path("totalMs").asLong()).isBetween(1_000L, 20_000L);
        assertThat(upstream.awaitCancelled(1)).hasSize(1);
    }

    @Test
    void aModelTheUpstreamDoesNotHaveIsToldSo() {
        upstream.on(
                "POST", CHAT, OpenAiScripts.error(404, "invalid_request_error", "model_not_found", "no such model"));
        long id = channel("openai", "gpt-test");

        JsonNode report = tested(id, "{'model':'gpt-nobody'}");

        assertThat(report.at("/fault/kind").asText()).isEqualTo("NO_ACCESS");
        assertThat(report.path("listed").asBoolean()).isFalse();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {"timeout":500}    | 400 | timeout: expected a whole number from 1 to 120
            {"key":2}          | 400 | key: the channel has 2 keys, expected 0 to 1, found 2
            {"promt":"a"}      | 400 | promt: there is no such field
            not json           | 400 | The body is not JSON
            """)
    void mistakesAreProblems(String body, int status, String detail) {
        Reply reply = send("POST", ADMIN + channel("openai", "gpt-test") + "/test", body);

        assertThat(reply.status()).isEqualTo(status);
        assertThat(reply.header("content-type")).startsWith("application/problem+json");
        assertThat(reply.json().path("detail").asText()).startsWith(detail);
        assertThat(upstream.requests()).isZero();
    }

    @Test
    void anUnknownChannelIsNotFoundAndOthersAreKeptOut() {
        for (String path : List.of("999999/models", "999999/balance")) {
            assertThat(send("GET", ADMIN + path, null).status()).as(path).isEqualTo(404);
        }
        assertThat(test(999_999, "").status()).isEqualTo(404);
        long id = channel("openai", "gpt-test");
        assertThat(server.client().send("POST", ADMIN + id + "/test", "{}", "").status())
                .isEqualTo(401);
        assertThat(upstream.requests()).isZero();
    }

    @Test
    void theUpstreamsModelsAreListed() {
        upstream.on("GET", "/v1/models", OpenAiScripts.models("gpt-b", "gpt-a"));
        long id = channel("openai", "gpt-test");

        JsonNode listing = send("GET", ADMIN + id + "/models?key=1", null).json();

        assertThat(listing.path("ok").asBoolean()).as(listing.toString()).isTrue();
        assertThat(listing.path("models").toString()).isEqualTo("[\"gpt-a\",\"gpt-b\"]");
        assertThat(listing.path("key").asInt()).isEqualTo(1);
        assertThat(upstream.received().getFirst().header("authorization")).isEqualTo("Bearer " + SECOND);
        assertThat(send("GET", ADMIN + id + "/models?key=one", null).status()).isEqualTo(400);
    }

    @Test
    void aModelThatDrawsIsCheckedByTheList() {
        upstream.on("GET", "/v1/models", OpenAiScripts.models("dall-e-3"));
        long id = channel("openai", "dall-e-3");

        JsonNode report = tested(id, "{'model':'dall-e-3'}");

        assertThat(report.path("check").asText()).as(report.toString()).isEqualTo("models");
        assertThat(report.path("ok").asBoolean()).isTrue();
        assertThat(report.path("upstreamHasModel").asBoolean()).isTrue();
        assertThat(upstream.requests()).isEqualTo(1);
    }

    @Test
    void theBalanceOfAVendorThatTellsItIsShown() {
        upstream.on(
                "GET",
                "/user/balance",
                Script.answer()
                        .json("{\"is_available\":true,\"balance_infos\":[{\"currency\":\"CNY\","
                                + "\"total_balance\":\"110.00\",\"granted_balance\":\"10.00\","
                                + "\"topped_up_balance\":\"100.00\"}]}"));
        long id = channel("deepseek", "deepseek-chat");

        JsonNode report = send("GET", ADMIN + id + "/balance?key=0", null).json();

        assertThat(report.path("ok").asBoolean()).as(report.toString()).isTrue();
        assertThat(report.at("/balances/0").toString())
                .isEqualTo("{\"left\":\"110.00\",\"total\":null,\"used\":null,\"currency\":\"CNY\",\"part\":\"\"}");
        assertThat(report.at("/balances/1/part").asText()).isEqualTo("granted");
        assertThat(upstream.received().getFirst().header("authorization")).isEqualTo("Bearer " + FIRST);
    }

    @Test
    void aVendorThatDoesNotTellItsBalanceSaysSo() {
        long id = channel("openai", "gpt-test");

        JsonNode report = send("GET", ADMIN + id + "/balance", null).json();

        assertThat(report.path("ok").asBoolean()).isFalse();
        assertThat(report.at("/fault/kind").asText()).isEqualTo("UNSUPPORTED");
        assertThat(upstream.requests()).isZero();
    }

    @Test
    void aChannelIsTriedBeforeItIsStored() {
        upstream.on("POST", CHAT, OpenAiScripts.echoModel("a deep purple"));
        upstream.on("GET", "/v1/models", OpenAiScripts.models("gpt-a"));
        ObjectNode form = form("openai", "gpt-test");
        form.putObject("trial").put("prompt", PROMPT).put("key", 0);

        JsonNode report = server.client().post(ADMIN + "try", form);
        JsonNode listing = server.client().post(ADMIN + "try/models", form);
        JsonNode balance = server.client().post(ADMIN + "try/balance", form);

        assertThat(report.path("text").asText()).as(report.toString()).isEqualTo("a deep purple");
        assertThat(listing.path("models").toString()).isEqualTo("[\"gpt-a\"]");
        assertThat(balance.at("/fault/kind").asText()).isEqualTo("UNSUPPORTED");
        assertThat(upstream.received().getFirst().header("authorization")).isEqualTo("Bearer " + FIRST);
        assertThat(server.client().get(ADMIN + "list").path("data")).isEmpty();
    }

    @Test
    void maskedKeysOfAStoredChannelMeanItsOwn() {
        upstream.on("POST", "/other" + CHAT, OpenAiScripts.echoModel("a deep purple"));
        long id = channel("openai", "gpt-test");
        JsonNode stored = server.client().get(ADMIN + "get/" + id).path("data");
        assertThat(stored.path("secret").asText()).doesNotContain(FIRST);
        ObjectNode changed = stored.deepCopy();
        changed.put("endpoint", upstream.uri() + "/other");
        changed.putObject("trial").put("key", 1);

        JsonNode report = server.client().post(ADMIN + "try", changed);

        assertThat(report.path("ok").asBoolean()).as(report.toString()).isTrue();
        assertThat(upstream.received().getFirst().header("authorization")).isEqualTo("Bearer " + SECOND);
        assertThat(server.client().get(ADMIN + "get/" + id).at("/data/endpoint").asText())
                .isEqualTo(upstream.endpoint());
    }

    @Test
    void aDraftThatCannotBeReadIsAProblem() {
        Map<String, Integer> wrong = Map.of(
                "{\"type\":\"openai\"}", 422,
                "{\"name\":\"a\",\"type\":\"openai\",\"secret\":\"sk-a****bbbb\"}", 422,
                "{\"name\":\"a\",\"type\":\"openai\",\"id\":999999}", 404,
                "{\"name\":\"a\",\"type\":\"openai\",\"trial\":[]}", 400);
        wrong.forEach((body, status) -> {
            Reply reply = send("POST", ADMIN + "try", body);
            assertThat(reply.status()).as(body + " → " + reply.body()).isEqualTo(status);
            assertThat(reply.header("content-type")).startsWith("application/problem+json");
        });
    }

    @Test
    void aTypeNoPluginProvidesIsAFaultOfTheSettings() {
        JsonNode report = server.client().post(ADMIN + "try", form("no-such-type", "m"));

        assertThat(report.at("/fault/kind").asText()).isEqualTo("CONFIG");
        assertThat(report.at("/fault/message").asText()).contains("no-such-type");
    }
}
