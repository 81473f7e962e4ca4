package io.patchbay.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.patchbay.accounts.User;
import io.patchbay.billing.ledger.Actor;
import io.patchbay.billing.ledger.Balance;
import io.patchbay.billing.ledger.LedgerAudit;
import io.patchbay.foundation.json.Json;
import io.patchbay.server.TestServer.Client.Reply;
import io.patchbay.testkit.upstream.ReceivedRequest;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Chats that are answered by a task, with the midjourney plugin in a running server and a proxy over a real socket. */
final class TaskChatTest {
    private static final String CHAT = "/v1/chat/completions";
    private static final String MODEL = "midjourney-fast";
    private static final String SECRET = "proxy-secret-0815";
    private static final long PRICE = 100_000;
    private static final long ROOT = 1;

    @TempDir
    private Path home;

    @TempDir
    private Path empty;

    private MidjourneyProxy proxy;
    private TestServer server;
    private String key;

    @BeforeEach
    void start() {
        proxy = new MidjourneyProxy();
        server = startServer();
        server.client().signIn();
        key = server.client().apiKey();
        Reply upload = server.client().upload(jar());
        assertThat(upload.status()).as(upload.body()).isLessThan(300);
        server.client()
                .post(
                        "/api/admin/charge/set",
                        Map.of(
                                "id",
                                -1,
                                "type",
                                "times-billing",
                                "models",
                                List.of(MODEL),
                                "input",
                                0,
                                "output",
                                0.1,
                                "anonymous",
                                false));
        channel("first", proxy, 0, SECRET);
    }

    private static Path jar() {
        return Path.of(System.getProperty("patchbay.test.providers", "target/provider-plugins"))
                .resolve("patchbay-plugin-midjourney.jar");
    }

    private TestServer startServer() {
        return TestServer.start(
                home,
                Map.of(
                        "PATCHBAY_BUNDLED_PLUGINS", empty.toString(),
                        "SERVER_PUBLIC_URL", "https://site.example/",
                        "RELAY_HEARTBEAT", "200ms"));
    }

    @AfterEach
    void everyCreditIsAccountedForAndNothingWentWrongUnseen() throws IOException {
        Awaitility.await()
                .until(() -> server.patchbay().parts().relay().metrics().active() == 0);
        assertThat(new LedgerAudit(server.patchbay().parts().database()).violations())
                .isEmpty();
        server.close();
        proxy.close();
        assertThat(Files.readAllLines(home.resolve("logs/patchbay.log"))).noneMatch(line -> line.contains(" ERROR "));
    }

    private void channel(String name, MidjourneyProxy to, int priority, String secret) {
        ObjectNode form = Json.mapper().createObjectNode();
        form.put("name", name)
                .put("type", "midjourney")
                .put("endpoint", to.endpoint())
                .put("secret", secret);
        form.put("priority", priority).put("state", true);
        form.withArray("models").add(MODEL);
        JsonNode answer = server.client().post("/api/admin/channel/create", form);
        assertThat(answer.path("status").asBoolean()).as(answer.toString()).isTrue();
    }

    private static String body(String words, boolean stream) {
        ObjectNode body = Json.mapper().createObjectNode().put("model", MODEL).put("stream", stream);
        body.putArray("messages").addObject().put("role", "user").put("content", words);
        return body.toString();
    }

    private Balance balance() {
        return server.patchbay().parts().ledger().balance(ROOT);
    }

    private Reply call(String task) {
        return server.client().send("POST", proxy.hook(), task, "");
    }

    /** A chat that is read while it is being written. */
    private final class Streamed implements AutoCloseable {
        private final HttpClient http = HttpClient.newHttpClient();
        private final StringBuffer seen = new StringBuffer();
        private final Thread reader;
        private volatile InputStream in = InputStream.nullInputStream();

        Streamed(String words) {
            HttpRequest request = HttpRequest.newBuilder(server.uri().resolve(CHAT))
                    .header("Authorization", "Bearer " + key)
                    .header("Content-Type", "application/json")
                    .POST(HttpRequest.BodyPublishers.ofString(body(words, true)))
                    .build();
            reader = Thread.ofVirtual().start(() -> {
                try {
                    in = http.send(request, HttpResponse.BodyHandlers.ofInputStream())
                            .body();
                    byte[] buffer = new byte[8_192];
                    for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
                        seen.append(new String(buffer, 0, count, java.nio.charset.StandardCharsets.UTF_8));
                    }
                } catch (IOException e) {
                    seen.append("\n[connection lost]");
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
            });
        }

        String text() {
            StringBuilder text = new StringBuilder();
            for (JsonNode chunk : chunks()) {
                text.append(chunk.at("/choices/0/delta/content").asText(""));
            }
            return text.toString();
        }

        List<JsonNode> chunks() {
            return seen.toString()
                    .lines()
                    .filter(line -> line.startsWith("data: {") && line.endsWith("}"))
                    .map(line -> new Reply(200, Map.of(), line.substring("data: ".length())).json())
                    .toList();
        }

        void awaitText(String expected) {
            Awaitility.await().untilAsserted(() -> assertThat(text()).contains(expected));
        }

        String end() {
            Awaitility.await().atMost(Duration.ofSeconds(30)).until(() -> !reader.isAlive());
            return text();
        }

        /** Leaves in the middle of the answer. */
        void leave() throws IOException {
            in.close();
            http.shutdownNow();
        }

        @Override
        public void close() {
            http.shutdownNow();
        }
    }

    @Test
    void aStreamShowsProgressThePictureAndTheButtonsAndIsPaidForOnce() {
        try (Streamed chat = new Streamed("a cat")) {
            String id = proxy.awaitSubmitted(1);
            assertThat(proxy.submitted().getLast().json().string("prompt")).isEqualTo("a cat --fast");
            chat.awaitText("```progress\n0\n");
            assertThat(call(MidjourneyProxy.running(id, 46)).body()).isEqualTo("{\"status\":true}");
            chat.awaitText("46\n");
            call(MidjourneyProxy.running(id, 20));
            call(MidjourneyProxy.running(id, 46));
            assertThat(balance().reserved()).isEqualTo(PRICE);
            call(MidjourneyProxy.done(id));
            assertThat(chat.end())
                    .isEqualTo("```progress\n0\n46\n100\n```\n\n"
                            + "![image](https://cdn.example/grid.png)\n\n"
                            + buttons("UPSCALE", "U", id) + "\n\n" + buttons("VARIATION", "V", id) + "\n\n"
                            + "[REROLL](https://chatnio.virtual/REROLL%20" + id + "::midjourney-fast)");
            assertThat(chat.seen.toString()).endsWith("data: [DONE]\n\n");
            JsonNode told = chat.chunks().stream()
                    .map(chunk -> chunk.at("/choices/0/delta/task"))
                    .filter(task -> !task.isMissingNode())
                    .findFirst()
                    .orElseThrow();
            assertThat(told.at("/artifacts/0/url").asText()).isEqualTo(MidjourneyProxy.PICTURE);
            assertThat(told.at("/buttons/0/command").asText()).isEqualTo("/UPSCALE " + id + " 1");
            assertThat(told.at("/buttons/0/model").asText()).isEqualTo(MODEL);
            assertThat(balance()).extracting(Balance::used, Balance::reserved).containsExactly(PRICE, 0L);

            assertThat(call(MidjourneyProxy.failed(id, "forged")).status()).isEqualTo(200);
            JsonNode task = server.client()
                    .send("GET", "/api/task/" + told.path("id").asText(), null, key)
                    .json();
            assertThat(task.path("phase").asText()).isEqualTo("succeeded");
            assertThat(balance().used()).isEqualTo(PRICE);
        }
    }

    private static String buttons(String action, String letter, String id) {
        return List.of(1, 2, 3, 4).stream()
                .map(index -> "[" + letter + index + "](https://chatnio.virtual/" + action + "%20" + id + "%20" + index
                        + "::midjourney-fast)")
                .collect(Collectors.joining(" "));
    }

    @Test
    void aPlainChatIsAnsweredWholeAndNeedsNoCallOfTheUpstream() throws Exception {
        try (HttpClient http = HttpClient.newHttpClient()) {
            var answer = http.sendAsync(
                    HttpRequest.newBuilder(server.uri().resolve(CHAT))
                            .header("Authorization", "Bearer " + key)
                            .POST(HttpRequest.BodyPublishers.ofString(body("/IMAGINE a cat", false)))
                            .build(),
                    HttpResponse.BodyHandlers.ofString());
            String id = proxy.awaitSubmitted(1);
            proxy.set(id, MidjourneyProxy.done(id));
            JsonNode chat = Json.mapper().readTree(answer.get().body());
            assertThat(chat.at("/choices/0/message/content").asText())
                    .startsWith("![image](https://cdn.example/grid.png)")
                    .doesNotContain("progress");
            assertThat(chat.at("/choices/0/message/task/buttons")).hasSize(9);
            assertThat(chat.at("/choices/0/finish_reason").asText()).isEqualTo("stop");
        }
    }

    /** Has a picture made and returns the proxy's id of it. */
    private String imagined() {
        try (Streamed chat = new Streamed("a cat")) {
            String id = proxy.awaitSubmitted(proxy.submitted().size() + 1);
            chat.awaitText("0\n");
            call(MidjourneyProxy.done(id));
            assertThat(chat.end()).contains(MidjourneyProxy.PICTURE);
            return id;
        }
    }

    @Test
    void aStreamIsToldWhatTheProxyDoesNotSee() {
        String body = body("a cat", true).replaceFirst("\\{", "{\"temperature\":0.5,\"size\":\"1024x1024\",");
        CompletableFuture<Reply> pending =
                CompletableFuture.supplyAsync(() -> server.client().send("POST", CHAT, body, key));
        String id = proxy.awaitSubmitted(1);
        proxy.awaitFetched(id);
        call(MidjourneyProxy.done(id));
        Reply reply = pending.orTimeout(30, TimeUnit.SECONDS).join();
        assertThat(reply.body()).contains(MidjourneyProxy.PICTURE).endsWith("data: [DONE]\n\n");
        assertThat(reply.header("patchbay-dropped-fields")).isEqualTo("size, temperature");
    }

    @Test
    void whatFollowsATaskGoesToItsChannelWithItsKey() {
        server.client().get("/api/admin/channel/delete/1");
        channel("keys", proxy, 0, "key-number-one-1\nkey-number-two-2\nkey-number-three-3");
        String id = imagined();
        String first = proxy.submitted().getLast().header("mj-api-secret");
        try (MidjourneyProxy other = new MidjourneyProxy()) {
            channel("preferred", other, 9, SECRET);
            for (int index = 1; index <= 4; index++) {
                int before = proxy.submitted().size();
                try (Streamed chat = new Streamed("/UPSCALE " + id + " " + index)) {
                    String follower = proxy.awaitSubmitted(before + 1);
                    chat.awaitText("0\n");
                    call(MidjourneyProxy.done(follower));
                    assertThat(chat.end()).contains(MidjourneyProxy.PICTURE);
                }
            }
            assertThat(other.submitted()).isEmpty();
        }
        List<ReceivedRequest> submitted = proxy.submitted();
        assertThat(submitted)
                .hasSize(5)
                .allMatch(request -> String.valueOf(first).equals(request.header("mj-api-secret")));
        assertThat(submitted.getLast().json().toJson())
                .contains("\"taskId\":\"" + id + "\"")
                .contains("\"index\":4");
    }

    @Test
    void whatFollowsATaskOfARemovedChannelIsRefused() {
        String id = imagined();
        try (MidjourneyProxy other = new MidjourneyProxy()) {
            channel("other", other, 0, SECRET);
            server.client().get("/api/admin/channel/delete/1");
            Reply reply = server.client().send("POST", CHAT, body("/UPSCALE " + id + " 1", false), key);
            assertThat(reply.status()).isEqualTo(400);
            assertThat(reply.body()).contains("no longer there");
            assertThat(other.submitted()).isEmpty();
        }
    }

    @Test
    void nobodyFollowsOrSeesATaskOfSomebodyElse() throws Exception {
        String id = imagined();
        User other = server.patchbay().parts().accounts().users().create("bob", null, "a-long-password-9", false);
        server.patchbay().parts().ledger().credit(other.id(), 10 * PRICE, Actor.SERVER, "test");
        String foreign = server.patchbay()
                .parts()
                .accounts()
                .apiKeys()
                .defaultKey(other.id())
                .orElseThrow();
        Reply reply = server.client().send("POST", CHAT, body("/UPSCALE " + id + " 1", true), foreign);
        assertThat(reply.status()).isEqualTo(400);
        assertThat(reply.body()).contains("unknown task " + id);
        assertThat(proxy.submitted()).hasSize(1);
        assertThat(server.patchbay().parts().ledger().balance(other.id()).available())
                .isEqualTo(10 * PRICE);

        String ours = newestTask();
        assertThat(server.client().send("GET", "/api/task/" + ours, null, key).status())
                .isEqualTo(200);
        assertThat(server.client()
                        .send("GET", "/api/task/" + ours, null, foreign)
                        .status())
                .isEqualTo(404);
        assertThat(server.client().send("GET", "/api/task/" + ours, null, "").status())
                .isEqualTo(401);
    }

    @Test
    void aTaskThatFailsCostsNothingAndTheClientIsToldWhy() {
        long before = balance().available();
        try (Streamed chat = new Streamed("a cat")) {
            String id = proxy.awaitSubmitted(1);
            chat.awaitText("0\n");
            call(MidjourneyProxy.failed(id, "Banned prompt detected"));
            assertThat(chat.end()).isEqualTo("```progress\n0\n```\n\n");
            assertThat(chat.seen).contains("Banned prompt detected").contains("content_filter");
        }
        assertThat(balance()).isEqualTo(new Balance(before, 0, 0));
        assertThat(proxy.submitted()).hasSize(1);
    }

    @Test
    void workThatIsRefusedMayBeTakenByAnotherChannel() {
        try (MidjourneyProxy full = new MidjourneyProxy()) {
            full.refuse("{\"code\":23,\"description\":\"queue full\"}");
            channel("full", full, 9, SECRET);
            imagined();
            assertThat(full.submitted()).hasSize(1);
        }
        proxy.refuse("{\"code\":24,\"description\":\"banned word\"}");
        long before = balance().available();
        Reply reply = server.client().send("POST", CHAT, body("something bad", true), key);
        assertThat(reply.status()).isEqualTo(400);
        assertThat(reply.body()).contains("banned word");
        assertThat(balance().available()).isEqualTo(before);
        assertThat(balance().reserved()).isZero();
    }

    @Test
    void aTaskGoesOnAndIsPaidForWhenItsClientHasLeft() throws Exception {
        try (Streamed chat = new Streamed("a cat")) {
            String id = proxy.awaitSubmitted(1);
            chat.awaitText("0\n");
            chat.leave();
            Awaitility.await()
                    .until(() -> server.patchbay().parts().relay().metrics().active() == 0);
            assertThat(balance()).extracting(Balance::used, Balance::reserved).containsExactly(0L, PRICE);
            call(MidjourneyProxy.done(id));
        }
        Awaitility.await().until(() -> balance().used() == PRICE && balance().reserved() == 0);
    }

    @Test
    void aRestartInTheMiddleTakesTheTaskUpWithoutHandingItInAgain() throws Exception {
        String id;
        try (Streamed chat = new Streamed("a cat")) {
            id = proxy.awaitSubmitted(1);
            chat.awaitText("0\n");
            server.close();
        }
        server = startServer();
        assertThat(balance()).extracting(Balance::used, Balance::reserved).containsExactly(0L, PRICE);
        proxy.set(id, MidjourneyProxy.done(id));
        Awaitility.await().atMost(Duration.ofSeconds(30)).until(() -> balance().used() == PRICE);
        assertThat(balance().reserved()).isZero();
        assertThat(proxy.submitted()).hasSize(1);
        JsonNode task = server.client()
                .send("GET", "/api/task/" + newestTask(), null, key)
                .json();
        assertThat(task.path("phase").asText()).isEqualTo("succeeded");
        assertThat(task.at("/artifacts/0/url").asText()).isEqualTo(MidjourneyProxy.PICTURE);
    }

    /** Returns our id of the newest task. */
    private String newestTask() throws SQLException {
        try (Connection sql = DriverManager.getConnection("jdbc:sqlite:" + home.resolve("db/patchbay.db"));
                PreparedStatement query = sql.prepareStatement("SELECT id FROM task ORDER BY created_at DESC LIMIT 1");
                ResultSet rows = query.executeQuery()) {
            return rows.getString(1);
        }
    }

    @Test
    void aPluginIsReplacedInSecondsWhileItsTasksRun(@TempDir Path jars) {
        try (Streamed chat = new Streamed("a cat")) {
            String id = proxy.awaitSubmitted(1);
            chat.awaitText("0\n");
            assertThat(server.client()
                            .upload(PluginVersions.of(jar(), "0.9.1", jars))
                            .status())
                    .isLessThan(300);
            Awaitility.await()
                    .atMost(Duration.ofSeconds(30))
                    .pollInterval(Duration.ofMillis(200))
                    .until(() -> {
                        System.gc();
                        JsonNode plugin = server.client().get("/api/admin/plugins/midjourney");
                        return plugin.path("observed").path("version").asText().equals("0.9.1")
                                && plugin.path("draining").isEmpty()
                                && plugin.path("uncollected").isEmpty();
                    });
            assertThat(chat.reader.isAlive()).as("the chat still waits").isTrue();
            call(MidjourneyProxy.done(id));
            assertThat(chat.end()).contains(MidjourneyProxy.PICTURE);
        }
    }

    @Test
    void onlyAllowedAddressesMayCall() {
        server.client().get("/api/admin/channel/delete/1");
        channel("listed", proxy, 0, SECRET + "|192.0.2.7, 198.51.100.0/24");
        try (Streamed chat = new Streamed("a cat")) {
            String id = proxy.awaitSubmitted(1);
            chat.awaitText("0\n");
            Reply refused = call(MidjourneyProxy.failed(id, "forged"));
            assertThat(refused.status()).isEqualTo(404);
            assertThat(refused.body()).isEqualTo("{}");
            proxy.set(id, MidjourneyProxy.done(id));
            assertThat(chat.end()).contains(MidjourneyProxy.PICTURE);
        }
    }

    @Test
    void unknownTokensAndLargeCallsAreRefused() {
        String path = "/api/hook/task/" + "0".repeat(48);
        for (String method : List.of("GET", "POST", "PUT")) {
            Reply reply = server.client().send(method, path, method.equals("GET") ? null : "{}", "");
            assertThat(reply.status()).isEqualTo(404);
            assertThat(reply.body()).isEqualTo("{}");
        }
        assertThat(server.client().send("DELETE", path, null, "").status()).isEqualTo(405);
        assertThat(server.client()
                        .send("POST", path, "x".repeat((1 << 20) + 1), "")
                        .status())
                .isEqualTo(413);
    }

    @Test
    void storedProductsAreServedSoThatBrowsersOnlyShowThem() throws Exception {
        String name = "ab" + "0".repeat(38) + ".png";
        Path folder = Files.createDirectories(home.resolve("storage/artifacts/ab"));
        Files.write(folder.resolve(name), new byte[] {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n'});
        Reply reply = server.client().send("GET", "/api/artifacts/" + name, null, "");
        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.header("Content-Type")).isEqualTo("image/png");
        assertThat(reply.headers().get("content-security-policy")).containsExactly("default-src 'none'");
        assertThat(reply.headers().get("x-content-type-options")).containsExactly("nosniff");
        assertThat(reply.header("Cache-Control")).contains("immutable");
        for (String bad : Set.of("%2e%2e%2f%2e%2e%2fconfig%2fsecret.key", "cd" + "0".repeat(38) + ".png")) {
            int status = HttpStatus.of(server.uri().resolve("/api/artifacts/" + bad));
            assertThat(status).isIn(400, 404);
        }
    }

    /** Asks without tidying the address up. */
    private static final class HttpStatus {
        static int of(URI address) throws IOException, InterruptedException {
            try (HttpClient http = HttpClient.newHttpClient()) {
                return http.send(HttpRequest.newBuilder(address).build(), HttpResponse.BodyHandlers.discarding())
                        .statusCode();
            }
        }
    }
}
