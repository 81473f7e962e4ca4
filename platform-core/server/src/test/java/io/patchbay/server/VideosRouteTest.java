package io.patchbay.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.openai.client.OpenAIClient;
import com.openai.client.okhttp.OpenAIOkHttpClient;
import com.openai.models.videos.ImageInputReferenceParam;
import com.openai.models.videos.Video;
import com.openai.models.videos.VideoCreateParams;
import com.openai.models.videos.VideoModel;
import com.openai.models.videos.VideoSeconds;
import io.patchbay.accounts.User;
import io.patchbay.billing.ledger.Balance;
import io.patchbay.billing.ledger.LedgerAudit;
import io.patchbay.foundation.json.Json;
import io.patchbay.server.TestServer.Client.Reply;
import io.patchbay.testkit.upstream.ReceivedRequest;
import io.patchbay.testkit.upstream.Script;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The video routes, and videos in chats, with the openai plugin in a running server and a vendor over a real socket. */
final class VideosRouteTest {
    private static final String VIDEOS = "/v1/videos";
    private static final String MODEL = "sora-2";
    private static final long PRICE = 100_000;
    private static final long ROOT = 1;
    private static final byte[] PNG = Base64.getDecoder()
            .decode("iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==");

    @TempDir
    private Path home;

    private VideoStudio studio;
    private TestServer server;
    private String key;

    @BeforeEach
    void start() {
        studio = new VideoStudio();
        server = startServer();
        server.client().signIn();
        key = server.client().apiKey();
        price(MODEL, "gpt-4o");
        server.client().channel("openai", studio.endpoint(), MODEL, "gpt-4o");
    }

    private TestServer startServer() {
        return TestServer.start(
                home,
                Map.of(
                        "PATCHBAY_BUNDLED_PLUGINS", TestServer.plugins().toString(),
                        "SERVER_PUBLIC_URL", "https://site.example/",
                        "RELAY_HEARTBEAT", "200ms"));
    }

    private void price(String... models) {
        ObjectNode rule = Json.mapper().createObjectNode();
        rule.put("id", -1).put("type", "times-billing").put("input", 0).put("output", 0.1);
        rule.put("anonymous", false);
        for (String model : models) {
            rule.withArray("models").add(model);
        }
        server.client().post("/api/admin/charge/set", rule);
    }

    @AfterEach
    void everyCreditIsAccountedForAndNothingWentWrongUnseen() throws IOException {
        Awaitility.await()
                .until(() -> server.patchbay().parts().relay().metrics().active() == 0);
        assertThat(new LedgerAudit(server.patchbay().parts().database()).violations())
                .isEmpty();
        server.close();
        studio.close();
        assertThat(Files.readAllLines(home.resolve("logs/patchbay.log"))).noneMatch(line -> line.contains(" ERROR "));
    }

    private Balance balance() {
        return server.patchbay().parts().ledger().balance(ROOT);
    }

    private Reply send(String method, String path, String body) {
        return server.client().send(method, path, body, key);
    }

    private String ordered(String body) {
        Reply reply = send("POST", VIDEOS, body);
        assertThat(reply.status()).as(reply.body()).isEqualTo(200);
        return reply.json().path("id").asText();
    }

    private JsonNode video(String id) {
        Reply reply = send("GET", VIDEOS + "/" + id, null);
        assertThat(reply.status()).as(reply.body()).isEqualTo(200);
        return reply.json();
    }

    private void awaitStatus(String id, String status) {
        Awaitility.await()
                .atMost(Duration.ofSeconds(30))
                .untilAsserted(
                        () -> assertThat(video(id).path("status").asText()).isEqualTo(status));
    }

    private HttpResponse<byte[]> bytes(String path, String authorization, String... headers) {
        HttpRequest.Builder request = HttpRequest.newBuilder(server.uri().resolve(path));
        if (!authorization.isEmpty()) {
            request.header("Authorization", authorization);
        }
        for (int i = 0; i < headers.length; i += 2) {
            request.header(headers[i], headers[i + 1]);
        }
        try (HttpClient http = HttpClient.newHttpClient()) {
            return http.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
        } catch (IOException e) {
            throw new AssertionError(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    private HttpResponse<byte[]> content(String id, String... headers) {
        return bytes(VIDEOS + "/" + id + "/content", "Bearer " + key, headers);
    }

    private static String header(HttpResponse<?> response, String name) {
        return response.headers().firstValue(name).orElse("");
    }

    private static void expect(Reply reply, int status, String code) {
        assertThat(reply.status()).as(reply.body()).isEqualTo(status);
        assertThat(reply.json().at("/error/code").asText()).as(reply.body()).isEqualTo(code);
    }

    @Test
    void aVideoIsOrderedAskedForGivenOutInPartsAndPaidForOnce() {
        Reply created = send(
                "POST",
                VIDEOS,
                "{\"model\":\"sora-2\",\"prompt\":\"a cat\",\"seconds\":8,\"size\":\"1280x720\",\"temperature\":0.5}");
        assertThat(created.status()).as(created.body()).isEqualTo(200);
        assertThat(created.header("patchbay-dropped-fields")).isEqualTo("temperature");
        JsonNode first = created.json();
        String id = first.path("id").asText();
        assertThat(id).matches("video_[0-9A-Z]{26}");
        assertThat(first.path("object").asText()).isEqualTo("video");
        assertThat(first.path("model").asText()).isEqualTo(MODEL);
        assertThat(first.path("status").asText()).isEqualTo("queued");
        assertThat(first.path("prompt").asText()).isEqualTo("a cat");
        assertThat(first.path("seconds").asText()).as("as the vendor says").isEqualTo("4");
        assertThat(first.path("error").isNull()).isTrue();
        assertThat(first.path("completed_at").isNull()).isTrue();

        String upstreamId = studio.awaitOrder(1);
        ReceivedRequest order = studio.orders().getFirst();
        assertThat(order.path()).isEqualTo("/v1/videos");
        assertThat(order.formText("prompt")).isEqualTo("a cat");
        assertThat(order.formText("seconds")).isEqualTo("8");
        assertThat(order.formText("size")).isEqualTo("1280x720");
        assertThat(balance()).extracting(Balance::used, Balance::reserved).containsExactly(0L, PRICE);
        expect(send("GET", VIDEOS + "/" + id + "/content", null), 409, "video_not_ready");

        studio.run(upstreamId, 46);
        Awaitility.await()
                .atMost(Duration.ofSeconds(30))
                .untilAsserted(
                        () -> assertThat(video(id).path("progress").asInt()).isEqualTo(46));
        assertThat(video(id).path("status").asText()).isEqualTo("in_progress");
        studio.complete(upstreamId);
        awaitStatus(id, "completed");
        assertThat(video(id).path("completed_at").asLong())
                .isGreaterThanOrEqualTo(video(id).path("created_at").asLong());
        assertThat(video(id).path("prompt").isNull()).as("prompts are not kept").isTrue();

        HttpResponse<byte[]> whole = content(id);
        assertThat(whole.statusCode()).isEqualTo(200);
        assertThat(whole.body()).isEqualTo(VideoStudio.FILM);
        assertThat(header(whole, "content-type")).isEqualTo("video/mp4");
        assertThat(header(whole, "content-length")).isEqualTo("300000");
        assertThat(header(whole, "accept-ranges")).isEqualTo("bytes");
        assertThat(header(whole, "x-content-type-options")).isEqualTo("nosniff");
        HttpResponse<byte[]> part = content(id, "Range", "bytes=1000-1999");
        assertThat(part.statusCode()).isEqualTo(206);
        assertThat(part.body()).isEqualTo(VideoStudio.part(1_000, 2_000));
        assertThat(header(part, "content-range")).isEqualTo("bytes 1000-1999/300000");
        assertThat(header(part, "content-length")).isEqualTo("1000");
        HttpResponse<byte[]> end = content(id, "Range", "bytes=-10", "If-Range", header(whole, "etag"));
        assertThat(end.statusCode()).isEqualTo(206);
        assertThat(end.body()).isEqualTo(VideoStudio.part(299_990, 300_000));
        HttpResponse<byte[]> behind = content(id, "Range", "bytes=300000-");
        assertThat(behind.statusCode()).isEqualTo(416);
        assertThat(header(behind, "content-range")).isEqualTo("bytes */300000");
        assertThat(content(id, "If-None-Match", header(whole, "etag")).statusCode())
                .isEqualTo(304);
        expect(send("GET", VIDEOS + "/" + id + "/content?variant=spritesheet", null), 404, "video_not_found");

        assertThat(studio.fetches()).as("kept here").isEqualTo(1);
        assertThat(balance()).extracting(Balance::used, Balance::reserved).containsExactly(PRICE, 0L);
        assertThat(studio.orders()).hasSize(1);
    }

    @Test
    void theVendorsOwnSdkOrdersAsksAndDownloads() throws IOException {
        OpenAIClient sdk = OpenAIOkHttpClient.builder()
                .apiKey(key)
                .baseUrl(server.uri().resolve("/v1").toString())
                .maxRetries(0)
                .timeout(Duration.ofSeconds(20))
                .build();
        try {
            Video created = sdk.videos()
                    .create(VideoCreateParams.builder()
                            .model(VideoModel.SORA_2)
                            .prompt("it moves")
                            .seconds(VideoSeconds._8)
                            .inputReference(ImageInputReferenceParam.builder()
                                    .imageUrl("data:image/png;base64,"
                                            + Base64.getEncoder().encodeToString(PNG))
                                    .build())
                            .build());
            created.validate();
            assertThat(created.status()).isEqualTo(Video.Status.QUEUED);
            studio.complete(studio.awaitOrder(1));
            awaitStatus(created.id(), "completed");
            Video made = sdk.videos().retrieve(created.id());
            made.validate();
            assertThat(made.status()).isEqualTo(Video.Status.COMPLETED);
            try (com.openai.core.http.HttpResponse file = sdk.videos().downloadContent(created.id())) {
                assertThat(file.body().readAllBytes()).isEqualTo(VideoStudio.FILM);
            }
        } finally {
            sdk.close();
        }
        ReceivedRequest order = studio.orders().getFirst();
        assertThat(order.formText("seconds")).isEqualTo("8");
        assertThat(order.parts()).anySatisfy(part -> assertThat(part.body()).isEqualTo(PNG));
    }

    @Test
    void onlyTheOwnerSeesAVideo() {
        String id = ordered("{\"prompt\":\"a cat\"}");
        studio.complete(studio.awaitOrder(1));
        awaitStatus(id, "completed");
        User bob = server.patchbay().parts().accounts().users().create("bob", null, "a-long-password-9", false);
        String foreign = server.patchbay()
                .parts()
                .accounts()
                .apiKeys()
                .defaultKey(bob.id())
                .orElseThrow();
        for (String path : new String[] {VIDEOS + "/" + id, VIDEOS + "/" + id + "/content"}) {
            expect(server.client().send("GET", path, null, foreign), 404, "video_not_found");
            expect(server.client().send("GET", path, null, ""), 401, "invalid_api_key");
        }
        expect(send("GET", VIDEOS + "/video_01ARZ3NDEKTSV4RRFFQ69G5FAV", null), 404, "video_not_found");
        expect(send("GET", VIDEOS + "/" + id.substring("video_".length()), null), 404, "video_not_found");
        HttpResponse<byte[]> bySession =
                bytes(VIDEOS + "/" + id + "/content", server.client().session());
        assertThat(bySession.statusCode()).as("as the web client asks").isEqualTo(200);
        assertThat(bySession.body()).isEqualTo(VideoStudio.FILM);
    }

    @Test
    void aFormWithAPictureBecomesAVideoThatBeginsWithIt() throws IOException {
        String boundary = "form-boundary";
        ByteArrayOutputStream form = new ByteArrayOutputStream();
        for (String[] field : new String[][] {{"model", MODEL}, {"prompt", "it moves"}, {"seconds", "8"}}) {
            form.writeBytes(("--" + boundary + "\r\nContent-Disposition: form-data; name=\"" + field[0] + "\"\r\n\r\n"
                            + field[1] + "\r\n")
                    .getBytes(StandardCharsets.UTF_8));
        }
        form.writeBytes(("--" + boundary + "\r\nContent-Disposition: form-data; name=\"input_reference\"; "
                        + "filename=\"cat.png\"\r\nContent-Type: image/png\r\n\r\n")
                .getBytes(StandardCharsets.UTF_8));
        form.writeBytes(PNG);
        form.writeBytes(("\r\n--" + boundary + "--\r\n").getBytes(StandardCharsets.UTF_8));
        HttpRequest request = HttpRequest.newBuilder(server.uri().resolve(VIDEOS))
                .header("Authorization", "Bearer " + key)
                .header("Content-Type", "multipart/form-data; boundary=" + boundary)
                .POST(HttpRequest.BodyPublishers.ofByteArray(form.toByteArray()))
                .build();
        try (HttpClient http = HttpClient.newHttpClient()) {
            assertThat(http.send(request, HttpResponse.BodyHandlers.ofString()).statusCode())
                    .isEqualTo(200);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }

        ordered("{\"prompt\":\"it moves\",\"input_reference\":{\"image_url\":\"data:image/png;base64,"
                + Base64.getEncoder().encodeToString(PNG) + "\"}}");
        studio.awaitOrder(2);
        assertThat(studio.orders()).allSatisfy(order -> {
            assertThat(order.formText("prompt")).isEqualTo("it moves");
            assertThat(order.parts()).anySatisfy(part -> {
                assertThat(part.name()).isEqualTo("input_reference");
                assertThat(part.contentType()).isEqualTo("image/png");
                assertThat(part.body()).isEqualTo(PNG);
            });
        });
        studio.complete("video_up1");
        studio.complete("video_up2");
        Awaitility.await().atMost(Duration.ofSeconds(30)).until(() -> balance().used() == 2 * PRICE);
    }

    @Test
    void whatFailsOrIsRefusedIsFree() {
        String id = ordered("{\"prompt\":\"something odd\"}");
        studio.fail(studio.awaitOrder(1), "Your request was blocked by our moderation system.");
        awaitStatus(id, "failed");
        assertThat(video(id).at("/error/code").asText()).isEqualTo("content_filter");
        assertThat(video(id).at("/error/message").asText()).contains("moderation system");
        assertThat(video(id).path("completed_at").isNull()).isTrue();
        expect(send("GET", VIDEOS + "/" + id + "/content", null), 404, "video_not_found");

        studio.refuse(Script.answer(400).json("{\"error\":{\"message\":\"blocked\",\"code\":\"moderation_blocked\"}}"));
        expect(send("POST", VIDEOS, "{\"prompt\":\"something bad\"}"), 400, "content_filter");
        expect(send("POST", VIDEOS, "{\"model\":\"gpt-4o\",\"prompt\":\"a cat\"}"), 400, "unsupported_operation");
        Awaitility.await().until(() -> balance().reserved() == 0);
        assertThat(balance().used()).isZero();
        assertThat(studio.orders()).hasSize(2);
    }

    @Test
    void badInputIsRefusedAndFree() {
        expect(send("POST", VIDEOS, "{\"model\":\"sora-2\"}"), 400, "invalid_value");
        expect(send("POST", VIDEOS, "{\"prompt\":\" \"}"), 400, "invalid_value");
        expect(send("POST", VIDEOS, "{\"prompt\":\"a\",\"seconds\":\"soon\"}"), 400, "invalid_value");
        expect(
                send("POST", VIDEOS, "{\"prompt\":\"a\",\"input_reference\":{\"file_id\":\"file-1\"}}"),
                400,
                "invalid_value");
        expect(send("POST", VIDEOS, "{\"prompt\":\"a\",\"prompt\":\"b\"}"), 400, "invalid_json");
        expect(send("POST", VIDEOS, "{\"prompt\":\"a\",\"model\":\"sora-9\"}"), 404, "model_not_found");
        expect(
                send("POST", VIDEOS, "{\"prompt\":\"a\",\"input_reference\":\"data:image/png;base64,AAAA\"}"),
                400,
                "invalid_image_url");
        expect(server.client().send("POST", VIDEOS, "{\"prompt\":\"a\"}", ""), 401, "invalid_api_key");
        expect(
                server.client()
                        .send(
                                "POST",
                                VIDEOS,
                                "{\"prompt\":\"a\"}",
                                server.client().session()),
                401,
                "invalid_api_key");
        Awaitility.await().until(() -> balance().reserved() == 0);
        assertThat(balance().used()).isZero();
        assertThat(studio.orders()).isEmpty();
    }

    @Test
    void aRestartInTheMiddleGoesOn() {
        String id = ordered("{\"prompt\":\"a cat\"}");
        String upstreamId = studio.awaitOrder(1);
        server.close();
        server = startServer();
        assertThat(balance()).extracting(Balance::used, Balance::reserved).containsExactly(0L, PRICE);
        studio.complete(upstreamId);
        awaitStatus(id, "completed");
        assertThat(content(id).body()).isEqualTo(VideoStudio.FILM);
        server.close();
        server = startServer();
        assertThat(content(id).body()).as("kept over a restart").isEqualTo(VideoStudio.FILM);
        assertThat(studio.fetches()).isEqualTo(1);
        assertThat(studio.orders()).as("handed in once").hasSize(1);
        assertThat(balance()).extracting(Balance::used, Balance::reserved).containsExactly(PRICE, 0L);
    }

    @Test
    void contentThatIsNotHandedOutAtOnceIsFetchedAgainAndWhoeverAsksWaits() {
        studio.withhold(1);
        String id = ordered("{\"prompt\":\"a cat\"}");
        studio.complete(studio.awaitOrder(1));
        awaitStatus(id, "completed");
        assertThat(balance().used()).as("the vendor has made it").isEqualTo(PRICE);
        assertThat(content(id).body()).isEqualTo(VideoStudio.FILM);
        assertThat(studio.fetches()).isEqualTo(2);
    }

    @Test
    void aChatShowsItsVideoToWhoeverKnowsTheAddress() {
        Thread vendor = Thread.ofVirtual().start(() -> studio.complete(studio.awaitOrder(1)));
        Reply reply = send(
                "POST",
                "/v1/chat/completions",
                "{\"model\":\"sora-2\",\"seconds\":\"8\",\"n\":2,\"messages\":[{\"role\":\"user\",\"content\":\"a cat\"}]}");
        assertThat(reply.status()).as(reply.body()).isEqualTo(200);
        assertThat(vendor.isAlive()).isFalse();
        assertThat(reply.header("patchbay-dropped-fields")).isEqualTo("n");
        String text = reply.json().at("/choices/0/message/content").asText();
        assertThat(text).matches("!\\[video]\\(https://site\\.example/api/artifacts/[0-9a-f]{40}\\.mp4\\)");
        String path = text.replaceAll(".*https://site\\.example(/[^)]*)\\)", "$1");

        HttpResponse<byte[]> whole = bytes(path, "");
        assertThat(whole.statusCode()).isEqualTo(200);
        assertThat(whole.body()).isEqualTo(VideoStudio.FILM);
        HttpResponse<byte[]> part = bytes(path, "", "Range", "bytes=0-15");
        assertThat(part.statusCode()).isEqualTo(206);
        assertThat(part.body()).isEqualTo(VideoStudio.part(0, 16));
        assertThat(bytes(path.replaceFirst("[0-9a-f]{40}", "0".repeat(40)), "").statusCode())
                .isEqualTo(404);
        assertThat(balance()).extracting(Balance::used, Balance::reserved).containsExactly(PRICE, 0L);
    }
}
