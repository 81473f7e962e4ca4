package io.patchbay.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.patchbay.billing.ledger.Actor;
import io.patchbay.billing.ledger.LedgerAudit;
import io.patchbay.foundation.json.Json;
import io.patchbay.server.TestServer.Client.Reply;
import io.patchbay.testkit.upstream.OpenAiScripts;
import io.patchbay.testkit.upstream.ReceivedRequest;
import io.patchbay.testkit.upstream.Script;
import io.patchbay.testkit.upstream.ScriptedUpstream;
import java.io.ByteArrayOutputStream;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What several images of one call cost, and what a channel changes in the order. */
final class ImageOrdersTest {
    private static final String GENERATIONS = "/v1/images/generations";
    private static final byte[] PNG = Base64.getDecoder()
            .decode("iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==");

    @TempDir
    private static Path home;

    private static ScriptedUpstream upstream;
    private static TestServer server;
    private static String key;

    @BeforeAll
    static void start() {
        upstream = ScriptedUpstream.start();
        upstream.on("POST", "/v1/images", OpenAiScripts.images());
        server = TestServer.start(home);
        key = server.client().prepare(upstream.endpoint(), "gpt-image-1");
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

    private static Reply generate(String body) {
        return server.client().send("POST", GENERATIONS, body, key);
    }

    private static long balance() {
        return server.patchbay().parts().ledger().balance(1).owned();
    }

    /** Edits a picture by a form with two more fields. */
    private static Reply edit(String first, String firstValue, String second, String secondValue) throws Exception {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        Map<String, byte[]> fields =
                Map.of("prompt", bytes("a cat"), "image", PNG, first, bytes(firstValue), second, bytes(secondValue));
        fields.forEach((name, value) -> {
            String file = name.equals("image") ? "; filename=\"in.png\"" : "";
            body.writeBytes(
                    bytes("--form\r\nContent-Disposition: form-data; name=\"" + name + "\"" + file + "\r\n\r\n"));
            body.writeBytes(value);
            body.writeBytes(bytes("\r\n"));
        });
        body.writeBytes(bytes("--form--\r\n"));
        HttpRequest request = HttpRequest.newBuilder(server.uri().resolve("/v1/images/edits"))
                .header("Authorization", "Bearer " + key)
                .header("Content-Type", "multipart/form-data; boundary=form")
                .POST(HttpRequest.BodyPublishers.ofByteArray(body.toByteArray()))
                .build();
        try (HttpClient http = HttpClient.newHttpClient()) {
            HttpResponse<String> response = http.send(request, HttpResponse.BodyHandlers.ofString());
            return new Reply(response.statusCode(), response.headers().map(), response.body());
        }
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static void expect(Reply reply, int status, String code) {
        assertThat(reply.status()).as(reply.body()).isEqualTo(status);
        assertThat(reply.json().at("/error/code").asText()).as(reply.body()).isEqualTo(code);
    }

    /** Makes a price of a quarter of a credit for a call. */
    private static void priceForACall(String model) {
        JsonNode answer = server.client()
                .post(
                        "/api/admin/charge/set",
                        Map.of(
                                "id",
                                -1,
                                "type",
                                "times-billing",
                                "models",
                                List.of(model),
                                "input",
                                0,
                                "output",
                                0.25,
                                "anonymous",
                                false));
        assertThat(answer.path("status").asBoolean()).as(answer.toString()).isTrue();
    }

    @Test
    void aPriceForACallIsChargedForEachPictureThatWasMade() throws Exception {
        priceForACall("per-picture");
        server.client().channel("openai", upstream.endpoint(), "per-picture");
        long before = balance();

        assertThat(generate("{\"model\":\"per-picture\",\"prompt\":\"x\"}").status())
                .isEqualTo(200);
        assertThat(before - balance()).isEqualTo(250_000);

        Reply three = generate("{\"model\":\"per-picture\",\"prompt\":\"x\",\"n\":3}");
        assertThat(three.json().path("data")).hasSize(3);
        assertThat(before - balance()).isEqualTo(1_000_000);

        // Asked for three, but only two came.
        String two = "{\"created\":1,\"data\":[{\"url\":\"https://images.invalid/1.png\"},"
                + "{\"url\":\"https://images.invalid/2.png\"}]}";
        upstream.once("POST", GENERATIONS, Script.answer().json(two));
        assertThat(generate("{\"model\":\"per-picture\",\"prompt\":\"x\",\"n\":3}")
                        .status())
                .isEqualTo(200);
        assertThat(before - balance()).isEqualTo(1_500_000);

        // More than was asked for is the upstream's present.
        upstream.once("POST", GENERATIONS, Script.answer().json(two));
        assertThat(generate("{\"model\":\"per-picture\",\"prompt\":\"x\"}")
                        .json()
                        .path("data"))
                .hasSize(2);
        assertThat(before - balance()).isEqualTo(1_750_000);

        Reply inAForm = edit("model", "per-picture", "n", "2");
        assertThat(inAForm.status()).as(inAForm.body()).isEqualTo(200);
        assertThat(before - balance()).isEqualTo(2_250_000);
    }

    @Test
    void whoCanPayForOnePictureOnlyGetsNoTwo() {
        priceForACall("per-picture-poor");
        server.client().channel("openai", upstream.endpoint(), "per-picture-poor");
        var parts = server.patchbay().parts();
        var user = parts.accounts().users().create("thrifty", "thrifty@example.com", "a-fine-password", false);
        parts.ledger().setBalance(user.id(), 400_000, new Actor(1, "root"), "test");
        String thrifty = parts.accounts().apiKeys().defaultKey(user.id()).orElseThrow();
        String two = "{\"model\":\"per-picture-poor\",\"prompt\":\"x\",\"n\":2}";

        expect(server.client().send("POST", GENERATIONS, two, thrifty), 402, "insufficient_quota");
        assertThat(upstream.received()).isEmpty();

        Reply one = server.client().send("POST", GENERATIONS, two.replace("\"n\":2", "\"n\":1"), thrifty);
        assertThat(one.status()).as(one.body()).isEqualTo(200);
        assertThat(parts.ledger().balance(user.id()).available()).isEqualTo(150_000);
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "-1", "1.5", "101", "1e9", "\"2\"", "true", "[2]"})
    void aCountThatIsNoneIsRefused(String count) {
        Reply reply = generate("{\"model\":\"gpt-image-1\",\"prompt\":\"x\",\"n\":" + count + "}");

        expect(reply, 400, "invalid_value");
        assertThat(reply.json().at("/error/message").asText()).contains("'n': expected a whole number, 1 to 100");
        assertThat(upstream.received()).isEmpty();
    }

    @Test
    void parametersOfAChannelReplaceThoseOfTheClient() throws Exception {
        server.client().price("edited-model");
        String channel = Json.write(Map.of(
                "name",
                "edits",
                "type",
                "openai",
                "endpoint",
                upstream.endpoint(),
                "secret",
                "sk-upstream-secret-1234",
                "models",
                List.of("edited-model"),
                "retry",
                1,
                "state",
                true,
                "param_override",
                "{\"quality\":\"low\",\"style\":null,\"prompt\":\"not this\"}"));
        Reply created = server.client()
                .send(
                        "POST",
                        "/api/admin/channel/create",
                        channel,
                        server.client().session());
        assertThat(created.json().path("status").asBoolean()).as(created.body()).isTrue();

        generate("{\"model\":\"edited-model\",\"prompt\":\"a cat\",\"style\":\"vivid\",\"quality\":\"high\","
                + "\"x_new\":1.50}");
        assertThat(upstream.awaitReceived(1).getFirst().text())
                .isEqualTo("{\"model\":\"edited-model\",\"prompt\":\"a cat\",\"quality\":\"low\",\"x_new\":1.50}");

        upstream.forget();
        edit("model", "edited-model", "quality", "high");
        ReceivedRequest sent = upstream.awaitReceived(1).getFirst();
        assertThat(sent.formText("quality")).isEqualTo("low");
        assertThat(sent.formText("prompt")).isEqualTo("a cat");
    }
}
