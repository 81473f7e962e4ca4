package io.patchbay.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.patchbay.billing.ledger.LedgerAudit;
import io.patchbay.foundation.json.Json;
import io.patchbay.relay.record.RequestRecord;
import io.patchbay.relay.record.RequestRecordMapper;
import io.patchbay.server.TestServer.Client.Reply;
import io.patchbay.testkit.upstream.OpenAiScripts;
import io.patchbay.testkit.upstream.ReceivedRequest;
import io.patchbay.testkit.upstream.Script;
import io.patchbay.testkit.upstream.ScriptedUpstream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The image routes and image models in chats, with the openai plugin and an upstream over a real socket. */
final class ImagesRouteTest {
    private static final String GENERATIONS = "/v1/images/generations";
    private static final String EDITS = "/v1/images/edits";
    private static final String SITE = "https://ai.example.com";
    private static final byte[] PNG = Base64.getDecoder()
            .decode("iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==");

    /** 12 tokens at 1 credit and 100 tokens at 2 credits per thousand. */
    private static final long ONE_PICTURE = 212_000;

    @TempDir
    private static Path home;

    private static ScriptedUpstream upstream;
    private static TestServer server;
    private static String key;

    @BeforeAll
    static void start() {
        upstream = ScriptedUpstream.start();
        upstream.on("POST", "/v1/images", OpenAiScripts.images());
        server = TestServer.start(home, Map.of("SERVER_PUBLIC_URL", SITE, "RELAY_FETCH_PRIVATE", "true"));
        key = server.client().prepare(upstream.endpoint(), "gpt-image-1", "dall-e-2", "dall-e-3");
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

    private static Reply generate(String body) {
        return server.client().send("POST", GENERATIONS, body, key);
    }

    private static long balance() {
        return server.patchbay().parts().ledger().balance(1).owned();
    }

    /** Returns what lies behind an address of the site. */
    private static byte[] file(String url) {
        assertThat(url).startsWith(SITE + "/api/artifacts/").endsWith(".png");
        HttpRequest request = HttpRequest.newBuilder(server.uri().resolve(url.substring(SITE.length())))
                .build();
        try (HttpClient http = HttpClient.newHttpClient()) {
            HttpResponse<byte[]> response = http.send(request, HttpResponse.BodyHandlers.ofByteArray());
            assertThat(response.headers().firstValue("content-type")).contains("image/png");
            return response.body();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** Sends a form; a value that is a file name is a picture. */
    private static Reply form(String path, Map<String, Object> fields) {
        String boundary = "images-test";
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        fields.forEach((name, value) -> {
            boolean file = value instanceof byte[];
            body.writeBytes(("--" + boundary + "\r\nContent-Disposition: form-data; name=\"" + name + "\""
                            + (file ? "; filename=\"in.png\"\r\nContent-Type: application/octet-stream" : "")
                            + "\r\n\r\n")
                    .getBytes(StandardCharsets.UTF_8));
            body.writeBytes(
                    value instanceof byte[] bytes ? bytes : value.toString().getBytes(StandardCharsets.UTF_8));
            body.writeBytes("\r\n".getBytes(StandardCharsets.UTF_8));
        });
        body.writeBytes(("--" + boundary + "--\r\n").getBytes(StandardCharsets.UTF_8));
        HttpRequest request = HttpRequest.newBuilder(server.uri().resolve(path))
                .header("Authorization", "Bearer " + key)
                .header("Content-Type", "multipart/form-data; boundary=" + boundary)
                .POST(HttpRequest.BodyPublishers.ofByteArray(body.toByteArray()))
                .build();
        try (HttpClient http = HttpClient.newHttpClient()) {
            HttpResponse<String> response = http.send(request, HttpResponse.BodyHandlers.ofString());
            return new Reply(response.statusCode(), response.headers().map(), response.body());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private static void expect(Reply reply, int status, String code) {
        assertThat(reply.status()).as(reply.body()).isEqualTo(status);
        assertThat(reply.json().at("/error/code").asText()).as(reply.body()).isEqualTo(code);
    }

    @Test
    void makesImagesAndChargesTheirTokens() {
        long before = balance();
        Reply reply =
                generate("{\"model\":\"gpt-image-1\",\"prompt\":\"a cat\",\"size\":\"1024x1024\",\"x_new\":[1.50]}");

        assertThat(reply.status()).as(reply.body()).isEqualTo(200);
        JsonNode answer = reply.json();
        assertThat(answer.path("created").asLong()).isPositive();
        assertThat(answer.path("data")).hasSize(1);
        assertThat(answer.at("/data/0/b64_json").asText())
                .isEqualTo(Base64.getEncoder().encodeToString(PNG));
        assertThat(answer.at("/data/0/revised_prompt").asText()).isEqualTo("a picture");
        assertThat(answer.at("/usage/output_tokens").asInt()).isEqualTo(100);
        assertThat(reply.header("x-request-id")).hasSize(26);
        assertThat(before - balance()).isEqualTo(ONE_PICTURE);
        ReceivedRequest sent = upstream.awaitReceived(1).getFirst();
        assertThat(sent.path()).isEqualTo(GENERATIONS);
        assertThat(sent.text())
                .isEqualTo("{\"model\":\"gpt-image-1\",\"prompt\":\"a cat\",\"size\":\"1024x1024\",\"x_new\":[1.50]}");
    }

    @Test
    void storesBase64ForClientsThatWantAnAddress() {
        Reply reply =
                generate("{\"model\":\"gpt-image-1\",\"prompt\":\"two cats\",\"n\":2,\"response_format\":\"url\"}");

        assertThat(reply.status()).as(reply.body()).isEqualTo(200);
        assertThat(reply.json().path("data")).hasSize(2);
        assertThat(reply.json().at("/data/1").has("b64_json")).isFalse();
        assertThat(file(reply.json().at("/data/1/url").asText())).isEqualTo(PNG);
        // The model refuses the field, but the client gets what it asked for.
        assertThat(upstream.received().getFirst().json().get("response_format")).isNull();
        assertThat(reply.header("patchbay-dropped-fields")).isEmpty();
    }

    @Test
    void passesAddressesOnAsTheyAre() {
        Reply reply = generate(
                "{\"model\":\"dall-e-3\",\"prompt\":\"a cat\",\"response_format\":\"url\",\"style\":\"vivid\"}");
        assertThat(reply.json().at("/data/0/url").asText()).startsWith("https://images.invalid/");
        assertThat(upstream.received().getFirst().json().string("style")).isEqualTo("vivid");
    }

    @Test
    void tellsWhichFieldsTheUpstreamDidNotSee() {
        Reply reply = generate("{\"model\":\"gpt-image-1\",\"prompt\":\"a cat\",\"style\":\"vivid\"}");
        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.header("patchbay-dropped-fields")).isEqualTo("style");
    }

    @Test
    void streamsFinishedImagesAsEvents() {
        Reply reply = generate("{\"model\":\"gpt-image-1\",\"prompt\":\"a cat\",\"stream\":true,\"partial_images\":2}");
        assertThat(reply.header("content-type")).startsWith("text/event-stream");
        assertThat(reply.header("patchbay-dropped-fields")).isEqualTo("partial_images");
        assertThat(reply.body())
                .startsWith("event: image_generation.completed\ndata: {")
                .endsWith("}\n\n");
        JsonNode event = json(reply.body().lines().toList().get(1).substring("data: ".length()));
        assertThat(event.path("type").asText()).isEqualTo("image_generation.completed");
        assertThat(event.path("b64_json").asText())
                .isEqualTo(Base64.getEncoder().encodeToString(PNG));
        assertThat(event.at("/usage/output_tokens").asInt()).isEqualTo(100);
        assertThat(upstream.received().getFirst().json().get("stream")).isNull();
    }

    private static JsonNode json(String text) {
        try {
            return Json.mapper().readTree(text);
        } catch (IOException e) {
            throw new AssertionError("no JSON: " + text, e);
        }
    }

    @Test
    void editsAPictureThatComesInAForm() {
        long before = balance();
        Reply reply = form(
                EDITS, Map.of("model", "gpt-image-1", "prompt", "add a hat", "image[]", PNG, "mask", PNG, "n", "1"));

        assertThat(reply.status()).as(reply.body()).isEqualTo(200);
        assertThat(reply.json().at("/data/0/b64_json").asText()).isNotEmpty();
        assertThat(before - balance()).isEqualTo(ONE_PICTURE);
        ReceivedRequest sent = upstream.received().getFirst();
        assertThat(sent.path()).isEqualTo(EDITS);
        assertThat(sent.formText("prompt")).isEqualTo("add a hat");
        assertThat(sent.parts().stream().filter(part -> part.name().equals("image")))
                .singleElement()
                .satisfies(part -> {
                    assertThat(part.body()).isEqualTo(PNG);
                    // The bytes say what it is, not the client.
                    assertThat(part.contentType()).isEqualTo("image/png");
                    assertThat(part.fileName()).isEqualTo("in.png");
                });
        assertThat(sent.parts().stream().anyMatch(part -> part.name().equals("mask")))
                .isTrue();
    }

    @Test
    void editsInJsonReachAnUpstreamThatReadsThemAsTheyCame() {
        String body = "{\"model\":\"gpt-image-1\",\"prompt\":\"add a hat\",\"images\":[{\"file_id\":\"file-1\"}]}";
        Reply reply = server.client().send("POST", EDITS, body, key);
        assertThat(reply.status()).as(reply.body()).isEqualTo(200);
        assertThat(upstream.received().getFirst().path()).isEqualTo(EDITS);
        assertThat(upstream.received().getFirst().text()).isEqualTo(body);
    }

    @Test
    void editsInJsonAreFetchedForAnUpstreamThatWantsThePicturesThemselves() {
        upstream.on("GET", "/cat.png", Script.answer().body("text/plain", PNG));
        upstream.on("POST", "/api/v3/images/generations", OpenAiScripts.images());
        Reply upload = server.client()
                .upload(Path.of(System.getProperty("patchbay.test.providers", "target/provider-plugins"))
                        .resolve("patchbay-plugin-skylark.jar"));
        assertThat(upload.status()).as(upload.body()).isLessThan(300);
        String model = "doubao-seedream-4-0-250828";
        server.client().price(model);
        server.client().channel("skylark", upstream.endpoint() + "/api/v3", model);
        String body = "{\"model\":\"" + model + "\",\"prompt\":\"add a hat\",\"images\":[{\"image_url\":\"%s\"}]}";

        Reply reply = server.client().send("POST", EDITS, body.formatted(upstream.endpoint() + "/cat.png"), key);
        assertThat(reply.status()).as(reply.body()).isEqualTo(200);
        assertThat(reply.json().path("data")).hasSize(1);
        ReceivedRequest sent = upstream.received().getLast();
        assertThat(sent.json().string("image"))
                .isEqualTo("data:image/png;base64," + Base64.getEncoder().encodeToString(PNG));
        assertThat(sent.json().get("images")).isNull();

        Reply byId = server.client()
                .send("POST", EDITS, body.formatted("x").replace("\"image_url\":\"x\"", "\"file_id\":\"file-1\""), key);
        expect(byId, 400, "unsupported_operation");
        Reply wrong = server.client().send("POST", EDITS, body.formatted("ftp://x/y"), key);
        expect(wrong, 400, "invalid_image_url");
    }

    @Test
    void variesAPicture() {
        upstream.once("POST", "/v1/images/variations", OpenAiScripts.images());
        Reply reply = form("/v1/images/variations", Map.of("model", "dall-e-2", "image", PNG));
        assertThat(reply.status()).as(reply.body()).isEqualTo(200);
        assertThat(upstream.received().getFirst().path()).isEqualTo("/v1/images/variations");
        assertThat(upstream.received().getFirst().formText("prompt")).isNull();
    }

    @Test
    void refusalsOfTheUpstreamAreFree() {
        long before = balance();
        upstream.once(
                "POST",
                GENERATIONS,
                OpenAiScripts.error(
                        400, "image_generation_user_error", "moderation_blocked", "Your request was rejected"));
        expect(generate("{\"model\":\"gpt-image-1\",\"prompt\":\"x\"}"), 400, "content_filter");

        upstream.once("POST", GENERATIONS, Script.answer().json("{\"created\":1,\"data\":[]}"));
        assertThat(generate("{\"model\":\"gpt-image-1\",\"prompt\":\"x\"}").status())
                .isEqualTo(502);
        assertThat(balance()).isEqualTo(before);
    }

    /** On a channel of its own, which rests afterwards. */
    @Test
    void aRefusedKeyOfTheUpstreamIsNotTold() {
        server.client().price("refused-key");
        server.client().channel("openai", upstream.endpoint(), "refused-key");
        long before = balance();
        upstream.once(
                "POST",
                GENERATIONS,
                OpenAiScripts.error(
                        401, "invalid_request_error", "invalid_api_key", "bad key sk-upstream-secret-1234"));
        Reply hidden = generate("{\"model\":\"refused-key\",\"prompt\":\"x\"}");
        expect(hidden, 503, "channel_unavailable");
        assertThat(hidden.body()).doesNotContain("sk-upstream-secret-1234");
        assertThat(balance()).isEqualTo(before);
    }

    @Test
    void anAnswerThatBreaksOffMayHaveBeenPaidForAndIsNotAskedForAgain() {
        upstream.once("POST", GENERATIONS, Script.answer().cut());
        expect(generate("{\"model\":\"gpt-image-1\",\"prompt\":\"x\"}"), 502, "unknown_outcome");
        assertThat(upstream.received()).hasSize(1);
    }

    @Test
    void badRequestsAreRefusedBeforeAnythingGoesOut() {
        expect(generate("{\"prompt\":\"x\"}"), 400, "invalid_value");
        expect(generate("{\"model\":\"gpt-image-1\"}"), 400, "invalid_value");
        expect(generate("{\"model\":\"gpt-image-1\",\"prompt\":\" \"}"), 400, "invalid_value");
        expect(
                generate("{\"model\":\"gpt-image-1\",\"prompt\":\"x\",\"response_format\":\"bmp\"}"),
                400,
                "invalid_value");
        expect(generate("{\"model\":\"gpt-image-1\",\"prompt\":\"x\",\"stream\":1}"), 400, "invalid_value");
        expect(generate("no json"), 400, "invalid_json");
        expect(generate("{\"model\":\"none\",\"prompt\":\"x\"}"), 404, "model_not_found");
        expect(form(EDITS, Map.of("model", "gpt-image-1", "prompt", "x")), 400, "invalid_value");
        expect(form(EDITS, Map.of("model", "gpt-image-1", "image", PNG)), 400, "invalid_value");
        expect(
                form(
                        EDITS,
                        Map.of(
                                "model",
                                "gpt-image-1",
                                "prompt",
                                "x",
                                "image",
                                "<svg/>".getBytes(StandardCharsets.UTF_8))),
                400,
                "invalid_value");
        expect(
                form(EDITS, Map.of("model", "gpt-image-1", "prompt", "x", "image", PNG, "virus", PNG)),
                400,
                "invalid_value");
        Reply noForm = server.client().send("POST", "/v1/images/variations", "{}", key);
        expect(noForm, 400, "invalid_form");
        Reply empty =
                server.client().send("POST", EDITS, "{\"model\":\"gpt-image-1\",\"prompt\":\"x\",\"images\":[]}", key);
        expect(empty, 400, "invalid_value");
        assertThat(server.client()
                        .send("POST", GENERATIONS, "{}", "sk-" + "1".repeat(64))
                        .status())
                .isEqualTo(401);
        assertThat(upstream.received()).isEmpty();
    }

    @Test
    void aUserWithoutCreditsIsRefused() {
        var accounts = server.patchbay().parts().accounts();
        var user = accounts.users().create("poor", "poor@example.com", "a-fine-password", false);
        String poor = accounts.apiKeys().defaultKey(user.id()).orElseThrow();
        Reply reply = server.client().send("POST", GENERATIONS, "{\"model\":\"gpt-image-1\",\"prompt\":\"x\"}", poor);
        expect(reply, 402, "insufficient_quota");
        assertThat(upstream.received()).isEmpty();
    }

    private static Reply chat(String content, boolean stream) {
        return server.client()
                .send(
                        "POST",
                        "/v1/chat/completions",
                        "{\"model\":\"gpt-image-1\",\"stream\":" + stream + ",\"temperature\":1,\"size\":\"1024x1536\","
                                + "\"messages\":[{\"role\":\"system\",\"content\":\"be brief\"},"
                                + "{\"role\":\"user\",\"content\":\"before\"},{\"role\":\"assistant\",\"content\":\"ok\"},"
                                + "{\"role\":\"user\",\"content\":" + content + "}]}",
                        key);
    }

    @Test
    void anImageModelAnswersAChatWithItsPictures() {
        long before = balance();
        Reply reply = chat("\"a cat\"", false);

        assertThat(reply.status()).as(reply.body()).isEqualTo(200);
        String text = reply.json().at("/choices/0/message/content").asText();
        assertThat(text).matches("!\\[image]\\(" + SITE + "/api/artifacts/[0-9a-f]{40}\\.png\\)\n\n> a picture");
        assertThat(file(text.substring("![image](".length(), text.indexOf(')'))))
                .isEqualTo(PNG);
        assertThat(reply.json().at("/choices/0/finish_reason").asText()).isEqualTo("stop");
        assertThat(reply.json().at("/usage/completion_tokens").asInt()).isEqualTo(100);
        assertThat(before - balance()).isEqualTo(ONE_PICTURE);
        assertThat(reply.header("patchbay-dropped-fields")).isEqualTo("temperature");
        assertThat(upstream.received().getFirst().path()).isEqualTo(GENERATIONS);
        assertThat(upstream.received().getFirst().json().string("prompt")).isEqualTo("a cat");
        assertThat(upstream.received().getFirst().json().string("size")).isEqualTo("1024x1536");
    }

    @Test
    void andStreamsThemToo() {
        Reply reply = chat("\"a cat\"", true);
        assertThat(reply.header("content-type")).startsWith("text/event-stream");
        assertThat(reply.header("patchbay-dropped-fields")).isEqualTo("temperature");
        assertThat(reply.body()).contains("![image](" + SITE).endsWith("data: [DONE]\n\n");
    }

    @Test
    void picturesInTheLastMessageAreEdited() {
        upstream.on("GET", "/cat.png", Script.answer().body("image/png", PNG));
        Reply reply = chat(
                "[{\"type\":\"text\",\"text\":\"add a hat\"},{\"type\":\"image_url\",\"image_url\":{\"url\":\""
                        + upstream.endpoint() + "/cat.png\"}}]",
                false);
        assertThat(reply.status()).as(reply.body()).isEqualTo(200);
        List<ReceivedRequest> received = upstream.received();
        assertThat(received).extracting("path").containsExactly("/cat.png", EDITS);
        assertThat(received.getLast().formText("prompt")).isEqualTo("add a hat");
        assertThat(received.getLast().parts().stream()
                        .filter(part -> part.name().equals("image")))
                .singleElement()
                .satisfies(part -> assertThat(part.body()).isEqualTo(PNG));
    }

    @Test
    void aChatWithoutWordsIsNoPrompt() {
        expect(chat("\" \"", false), 400, "upstream_rejected_request");
        assertThat(upstream.received()).isEmpty();
    }

    private static List<RequestRecord> records() {
        return server.patchbay().parts().database().read(RequestRecordMapper.class, mapper -> mapper.newest(1, 50));
    }

    @Test
    void aRecordIsKeptOfEachCall() {
        Reply reply = generate("{\"model\":\"dall-e-2\",\"prompt\":\"a cat\"}");
        assertThat(reply.status()).isEqualTo(200);
        Awaitility.await()
                .untilAsserted(() -> assertThat(records()).anySatisfy(kept -> {
                    assertThat(kept.requestId()).isEqualTo(reply.header("x-request-id"));
                    assertThat(kept.model()).isEqualTo("dall-e-2");
                    assertThat(kept.outcome()).isEqualTo("answered");
                    assertThat(kept.outputTokens()).isEqualTo(100);
                    assertThat(kept.pluginId()).isEqualTo("openai");
                }));
    }
}
