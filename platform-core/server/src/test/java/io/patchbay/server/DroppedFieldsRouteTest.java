package io.patchbay.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.patchbay.billing.ledger.LedgerAudit;
import io.patchbay.foundation.json.Json;
import io.patchbay.server.TestServer.Client.Reply;
import io.patchbay.testkit.upstream.OpenAiScripts;
import io.patchbay.testkit.upstream.ScriptedUpstream;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Fields an upstream cannot take: the client is told, or the call is refused, as the channel says. */
final class DroppedFieldsRouteTest {
    private static final String CHAT = "/v1/chat/completions";

    /** Reasoning models refuse both, so the openai plugin leaves them out. */
    private static final String BODY = "{\"model\":\"%s\",\"stream\":%s,\"logit_bias\":{\"1\":2},\"temperature\":0.5,"
            + "\"messages\":[{\"role\":\"user\",\"content\":\"Hi\"}]}";

    @TempDir
    private static Path home;

    private static ScriptedUpstream upstream;
    private static TestServer server;
    private static String key;

    @BeforeAll
    static void start() {
        upstream = ScriptedUpstream.start();
        upstream.on("POST", CHAT, OpenAiScripts.echoModel("Hello").usage(9, 3));
        server = TestServer.start(home);
        key = server.client().prepare(upstream.endpoint(), "gpt-5");
        server.client().price("gpt-5-mini", "gpt-5-nano");
        channel("strict", 1, Map.of("unmappedFields", "refuse"), "gpt-5-mini", "gpt-5-nano");
        channel("takes all", 0, Map.of("unmappedFields", "refuse", "strictParameters", "false"), "gpt-5-nano");
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

    @BeforeEach
    void forget() {
        upstream.forget();
    }

    @AfterEach
    void ledgerHolds() {
        assertThat(new LedgerAudit(server.patchbay().parts().database()).violations())
                .isEmpty();
    }

    private static void channel(String name, int priority, Map<String, String> options, String... models) {
        Reply reply = create(name, priority, options, models);
        assertThat(reply.json().path("status").asBoolean()).as(reply.body()).isTrue();
    }

    private static Reply create(String name, int priority, Map<String, String> options, String... models) {
        ObjectNode form = Json.mapper().createObjectNode();
        form.put("name", name).put("type", "openai").put("endpoint", upstream.endpoint());
        form.put("secret", "sk-upstream-secret-1234").put("retry", 1).put("state", true);
        form.put("weight", 1).put("priority", priority).put("mapper", "");
        for (String model : models) {
            form.withArray("models").add(model);
        }
        options.forEach(form::put);
        return server.client()
                .send(
                        "POST",
                        "/api/admin/channel/create",
                        form.toString(),
                        server.client().session());
    }

    private static Reply chat(String model, boolean stream) {
        return server.client().send("POST", CHAT, BODY.formatted(model, stream), key);
    }

    @Test
    void theClientIsToldPlainAndStreamed() {
        Reply plain = chat("gpt-5", false);
        assertThat(plain.status()).as(plain.body()).isEqualTo(200);
        assertThat(plain.header("patchbay-dropped-fields")).isEqualTo("logit_bias, temperature");
        Reply streamed = chat("gpt-5", true);
        assertThat(streamed.header("patchbay-dropped-fields")).isEqualTo("logit_bias, temperature");
        assertThat(streamed.body()).endsWith("data: [DONE]\n\n");
        assertThat(upstream.received().getFirst().json().get("temperature")).isNull();
    }

    @Test
    void nothingDroppedIsNothingTold() {
        Reply reply = server.client()
                .send("POST", CHAT, "{\"model\":\"gpt-5\",\"messages\":[{\"role\":\"user\",\"content\":\"Hi\"}]}", key);
        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.header("patchbay-dropped-fields")).isEmpty();
    }

    @Test
    void aChannelMayRefuseWhichIsFreeAndReachesNoUpstream() {
        long before = server.patchbay().parts().ledger().balance(1).owned();
        Reply reply = chat("gpt-5-mini", false);
        assertThat(reply.status()).as(reply.body()).isEqualTo(400);
        assertThat(reply.json().at("/error/code").asText()).isEqualTo("unsupported_field");
        assertThat(reply.json().at("/error/message").asText())
                .isEqualTo(
                        "the upstream of this model does not take: logit_bias, temperature; leave these fields out, or"
                                + " ask for another model");
        assertThat(upstream.received()).isEmpty();
        assertThat(server.patchbay().parts().ledger().balance(1).owned()).isEqualTo(before);
    }

    @Test
    void anotherChannelThatTakesTheFieldsAnswersInItsPlace() {
        Reply reply = chat("gpt-5-nano", true);
        assertThat(reply.status()).as(reply.body()).isEqualTo(200);
        assertThat(reply.header("patchbay-dropped-fields")).isEmpty();
        assertThat(upstream.received()).singleElement().satisfies(sent -> {
            assertThat(sent.json().get("temperature")).isNotNull();
            assertThat(sent.json().get("logit_bias")).isNotNull();
        });
    }

    @Test
    void theFormOfAChannelKnowsOnlyTheTwoWords() {
        Reply reply = create("odd", 0, Map.of("unmappedFields", "ignore"), "gpt-odd");
        assertThat(reply.body()).contains("unmappedFields: expected report or refuse");
    }
}
