package io.patchbay.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchbay.server.TestServer.Client.Reply;
import io.patchbay.testkit.upstream.OpenAiScripts;
import io.patchbay.testkit.upstream.ScriptedUpstream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Everything wrong that a client or an operator can send: a clear error, nothing lost, and the server goes on. */
final class BadInputTest {
    private static final String CHAT = "/v1/chat/completions";
    private static final String GOOD = "{\"model\":\"gpt-test\",\"messages\":[{\"role\":\"user\",\"content\":\"Hi\"}]}";

    @TempDir
    private static Path home;

    private static ScriptedUpstream upstream;
    private static TestServer server;
    private static String key;

    @BeforeAll
    static void start() {
        upstream = ScriptedUpstream.start();
        upstream.on("POST", CHAT, OpenAiScripts.text("gpt-test", "Hello"));
        server = TestServer.start(home, Map.of("SERVER_MAX_REQUEST_BYTES", "100000"));
        key = server.client().prepare(upstream.endpoint(), "gpt-test");
        server.client().channel("openai", upstream.endpoint(), "gpt-unpriced");
    }

    @BeforeEach
    void nothingRests() {
        server.client().mend();
    }

    @AfterAll
    static void stop() {
        // Whatever was sent, the server still answers.
        assertThat(chat(GOOD, key).status()).isEqualTo(200);
        server.close();
        upstream.close();
    }

    private static Reply chat(String body, String authorization) {
        return server.client().send("POST", CHAT, body, authorization);
    }

    private static void expect(Reply reply, int status, String code) {
        assertThat(reply.status()).as(reply.body()).isEqualTo(status);
        assertThat(reply.json().at("/error/code").asText()).as(reply.body()).isEqualTo(code);
        assertThat(reply.json().at("/error/message").asText()).isNotEmpty();
        assertThat(reply.json().at("/error").has("param")).isTrue();
    }

    @Test
    void wrongOrMissingKey() {
        expect(chat(GOOD, "sk-" + "1".repeat(64)), 401, "invalid_api_key");
        expect(chat(GOOD, ""), 401, "invalid_api_key");
        expect(chat(GOOD, server.client().session()), 401, "invalid_api_key");
    }

    @Test
    void unknownModel() {
        expect(chat(GOOD.replace("gpt-test", "gpt-none"), key), 404, "model_not_found");
    }

    @Test
    void modelWithoutPrice() {
        Reply asUser = chat(GOOD.replace("gpt-test", "gpt-unpriced"), userKey());
        assertThat(asUser.status()).as(asUser.body()).isEqualTo(403);
        assertThat(asUser.json().at("/error/message").asText())
                .isEqualTo("the price of the model is not set (model: gpt-unpriced)");
    }

    @Test
    void notEnoughCredits() {
        Reply reply = chat(GOOD, userKey());
        assertThat(reply.status()).as(reply.body()).isEqualTo(402);
        assertThat(reply.json().at("/error/message").asText())
                .matches("user quota is not enough error \\(model: gpt-test, minimum quota: .*, your quota: 0.00\\)");
        assertThat(reply.json().at("/error/code").asText()).isEqualTo("insufficient_quota");
    }

    private static String userKey() {
        var accounts = server.patchbay().parts().accounts();
        var user = accounts.users()
                .findByUsername("poor")
                .orElseGet(() -> accounts.users().create("poor", "poor@example.com", "a-fine-password", false));
        return accounts.apiKeys().defaultKey(user.id()).orElseThrow();
    }

    @Test
    void malformedBodies() {
        Reply reply = chat("{\"model\":\"gpt-test\",\n \"messages\": [}", key);
        expect(reply, 400, "invalid_json");
        assertThat(reply.json().at("/error/message").asText()).contains("line 2");
        expect(chat("", key), 400, "invalid_json");
        expect(chat("[]", key), 400, "invalid_json");
        expect(chat(GOOD + "{}", key), 400, "invalid_json");
        expect(chat("{\"model\":\"gpt-test\",\"model\":\"dear\",\"messages\":[]}", key), 400, "invalid_json");
        expect(chat("{\"mod\\u0065l\":\"dear\",\"messages\":[]}", key), 400, "invalid_json");
        expect(chat("{\"model\":5,\"messages\":[]}", key), 400, "invalid_value");
        expect(chat("{\"model\":\"gpt-test\",\"messages\":[]}", key), 400, "invalid_value");
        expect(chat(GOOD.replace("}]}", "}],\"stream\":\"yes\"}"), key), 400, "invalid_value");
    }

    @Test
    void bodyOverTheLimit() {
        expect(chat(GOOD.replace("Hi", "x".repeat(200_000)), key), 413, "request_too_large");
    }

    @Test
    void unknownPathsAreJson() {
        Reply relay = server.client().send("GET", "/v1/nothing", null, key);
        assertThat(relay.status()).isEqualTo(404);
        assertThat(relay.json().at("/error/message").asText()).isNotEmpty();
        Reply api = server.client().send("GET", "/api/nothing", null, "");
        assertThat(api.status()).isEqualTo(404);
        assertThat(api.json().isObject()).isTrue();
        assertThat(server.client().send("GET", CHAT, null, key).status()).isEqualTo(405);
    }

    @Test
    void uploadsThatAreNoPlugins() throws IOException {
        int before = server.client().get("/api/admin/plugins").size();
        ByteArrayOutputStream empty = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(empty)) {
            zip.putNextEntry(new ZipEntry("readme.txt"));
            zip.write("nothing here".getBytes(StandardCharsets.UTF_8));
            zip.closeEntry();
        }
        for (byte[] content :
                new byte[][] {"no jar at all".getBytes(StandardCharsets.UTF_8), empty.toByteArray(), {}}) {
            Reply reply = server.client().upload("thing.jar", content);
            assertThat(reply.status()).as(reply.body()).isEqualTo(422);
            assertThat(reply.json().path("detail").asText()).isNotEmpty();
        }
        assertThat(server.client().get("/api/admin/plugins").size()).isEqualTo(before);
    }

    @Test
    void administrationIsForAdministrators() {
        for (String path : new String[] {"/api/admin/plugins", "/api/admin/channel/list", "/api/admin/user/list"}) {
            assertThat(server.client().send("GET", path, null, "").status()).isEqualTo(401);
            assertThat(server.client().send("GET", path, null, userKey()).status())
                    .isEqualTo(401);
        }
    }

    @Test
    void channelSecretsNeverComeBack() {
        Reply reply = server.client()
                .send("GET", "/api/admin/channel/list", null, server.client().session());
        assertThat(reply.body()).doesNotContain("sk-upstream-secret-1234").contains("sk-u****1234");
    }
}
