package io.patchbay.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.patchbay.accounts.AuditLog;
import io.patchbay.server.TestServer.Client.Reply;
import io.patchbay.testkit.upstream.OpenAiScripts;
import io.patchbay.testkit.upstream.ScriptedUpstream;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The administration of the response cache. */
final class ResponseCacheAdminTest {
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
        upstream.on("POST", CHAT, OpenAiScripts.text("gpt-cached", "Hello").usage(9, 3));
        server = TestServer.start(home);
        key = server.client().prepare(upstream.endpoint(), "gpt-cached");
    }

    @AfterAll
    static void stop() {
        server.close();
        upstream.close();
    }

    @BeforeEach
    void reset() {
        settings("{\"models\":[\"gpt-cached\"],\"size\":1,\"expire\":600}");
        assertThat(admin("POST", ADMIN + "/clear", null).status()).isEqualTo(200);
    }

    private static Reply admin(String method, String path, String body) {
        return server.client().send(method, path, body, server.client().session());
    }

    private static JsonNode settings(String body) {
        Reply reply = admin("PUT", ADMIN, body);
        assertThat(reply.status()).as(reply.body()).isEqualTo(200);
        return reply.json();
    }

    private static void chat() {
        String body = "{\"model\":\"gpt-cached\",\"messages\":[{\"role\":\"user\",\"content\":\"Hi\"}]}";
        Reply reply = server.client().send("POST", CHAT, body, key);
        assertThat(reply.status()).as(reply.body()).isEqualTo(200);
    }

    @Test
    void administratorsSeeWhatIsKept() {
        JsonNode before = admin("GET", ADMIN, null).json();
        chat();
        chat();
        JsonNode after = admin("GET", ADMIN, null).json();

        assertThat(after.path("models").path(0).asText()).isEqualTo("gpt-cached");
        assertThat(after.path("size").asInt()).isEqualTo(1);
        assertThat(after.path("expire").asInt()).isEqualTo(600);
        assertThat(before.path("entries").asInt()).isZero();
        assertThat(after.path("entries").asInt()).isEqualTo(1);
        assertThat(after.path("bytes").asLong()).isBetween(100L, 4_000L);
        assertThat(after.path("hits").asLong() - before.path("hits").asLong()).isEqualTo(1);
        assertThat(after.path("misses").asLong() - before.path("misses").asLong())
                .isEqualTo(1);

        assertThat(admin("POST", ADMIN + "/clear", null).json().path("entries").asInt())
                .isZero();
    }

    @Test
    void settingsThatAreAbsentStayAndTooLittleMeansTheUsual() {
        JsonNode usual = settings("{\"size\":0,\"expire\":-1}");
        assertThat(usual.path("size").asInt()).isEqualTo(1);
        assertThat(usual.path("expire").asInt()).isEqualTo(3_600);
        assertThat(usual.path("models").path(0).asText()).isEqualTo("gpt-cached");
        assertThat(settings("{\"size\":4}").path("expire").asInt()).isEqualTo(3_600);
        assertThat(settings("{}").path("size").asInt()).isEqualTo(4);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"size\":101}|size: expected 1 to 100 answers, found 101",
                "{\"size\":\"2\"}|size: expected a whole number, found a value of type string",
                "{\"size\":1.5}|size: expected a whole number, found 1.5",
                "{\"expire\":2592001}|expire: expected 1 to 2592000 seconds, found 2592001",
                "{\"models\":\"gpt-cached\"}|models: expected a list of model names, found a value of type string",
                "{\"models\":[1]}|models: expected names as strings, found a value of type number",
                "{\"models\":[\" \"]}|found a blank one",
                "[]|as a JSON object",
                "{|not JSON"
            })
    void wrongSettingsAreRefusedAndChangeNothing(String body, String reason) {
        JsonNode before = admin("GET", ADMIN, null).json();
        Reply reply = admin("PUT", ADMIN, body);
        assertThat(reply.status()).isEqualTo(400);
        assertThat(reply.json().path("detail").asText()).contains(reason);
        assertThat(admin("GET", ADMIN, null).json()).isEqualTo(before);
    }

    @Test
    void changesAreInTheAuditLogAndOnlyAdministratorsMakeThem() {
        settings("{\"size\":3}");
        admin("POST", ADMIN + "/clear", null);
        List<AuditLog.Entry> entries =
                server.patchbay().parts().accounts().audit().newest(Long.MAX_VALUE, 2);
        assertThat(entries).extracting(AuditLog.Entry::action).containsExactly("cache.clear", "cache.update");
        assertThat(entries).extracting(AuditLog.Entry::subject).containsOnly("response cache");
        assertThat(entries.getLast().actor()).isEqualTo("root");
        assertThat(entries.getLast().detail()).isEqualTo("size 3, expire 600 s, models: gpt-cached");

        assertThat(server.client().send("GET", ADMIN, null, "").status()).isEqualTo(401);
        assertThat(server.client().send("PUT", ADMIN, "{}", "").status()).isEqualTo(401);
        assertThat(server.client().send("POST", ADMIN + "/clear", null, "").status())
                .isEqualTo(401);
    }
}
