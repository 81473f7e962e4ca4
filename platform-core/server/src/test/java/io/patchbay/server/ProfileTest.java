package io.patchbay.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.patchbay.billing.ledger.LedgerAudit;
import io.patchbay.foundation.json.Json;
import io.patchbay.server.TestServer.Client.Reply;
import io.patchbay.server.vendor.DeepSeekVendor;
import io.patchbay.server.vendor.GroqVendor;
import io.patchbay.server.vendor.MoonshotVendor;
import io.patchbay.server.vendor.Vendor;
import io.patchbay.testkit.upstream.ReceivedRequest;
import io.patchbay.testkit.upstream.Script;
import io.patchbay.testkit.upstream.ScriptedUpstream;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A vendor is added to a running server as data, changed and removed; the plugin behind it is swapped meanwhile. */
final class ProfileTest {
    private static final String PROFILES = "/api/admin/channel/profiles";
    private static final String PLUGIN = "/api/admin/plugins/openai-compatible";

    @TempDir
    private static Path home;

    @TempDir
    private static Path empty;

    @TempDir
    private static Path jars;

    private static TestServer server;
    private static String key;

    private ScriptedUpstream upstream;

    @BeforeAll
    static void start() {
        server = TestServer.start(home, Map.of("PATCHBAY_BUNDLED_PLUGINS", empty.toString()));
        server.client().signIn();
        server.client().price("acme-1", "deepseek-chat");
        key = server.client().apiKey();
        Reply upload = server.client().upload(jar());
        assertThat(upload.status()).as(upload.body()).isEqualTo(201);
    }

    @AfterAll
    static void stop() {
        assertThat(new LedgerAudit(server.patchbay().parts().database()).violations())
                .isEmpty();
        server.close();
    }

    @BeforeEach
    void open() {
        upstream = ScriptedUpstream.start();
        upstream.remembering(20);
    }

    @AfterEach
    void close() {
        for (JsonNode channel : server.client().get("/api/admin/channel/list").path("data")) {
            server.client()
                    .get("/api/admin/channel/delete/" + channel.path("id").asLong());
        }
        for (JsonNode profile : server.client().get(PROFILES).path("profiles")) {
            if (profile.path("own").asBoolean()) {
                send("DELETE", PROFILES + "/" + profile.path("id").asText(), null);
            }
        }
        upstream.close();
    }

    private static Path jar() {
        return Path.of(System.getProperty("patchbay.test.providers", "target/provider-plugins"))
                .resolve("patchbay-plugin-openai-compatible.jar");
    }

    private static Reply send(String method, String path, String body) {
        return server.client().send(method, path, body, server.client().session());
    }

    /** Returns what a client sends to store a profile; single quotes stand for double ones. */
    private static String draft(String members) {
        return ("{'family':'openai-compatible','body':{'id':'acme'" + (members.isEmpty() ? "" : "," + members) + "}}")
                .replace('\'', '"');
    }

    private static Reply put(String members) {
        return send("PUT", PROFILES + "/acme", draft(members));
    }

    private long channel(String type, String model) {
        ObjectNode form = Json.mapper().createObjectNode();
        form.put("name", "the " + type + " channel").put("type", type).put("endpoint", upstream.endpoint());
        form.put("secret", "sk-acme-0123456789")
                .put("retry", 1)
                .put("state", true)
                .put("weight", 1)
                .put("priority", 0);
        form.put("mapper", "");
        form.withArray("models").add(model);
        JsonNode answer = server.client().post("/api/admin/channel/create", form);
        assertThat(answer.path("status").asBoolean()).as(answer.toString()).isTrue();
        return answer.path("id").asLong();
    }

    private static Reply chat(String model, boolean stream, String more) {
        return server.client()
                .send(
                        "POST",
                        "/v1/chat/completions",
                        "{\"model\":\"" + model + "\",\"stream\":" + stream
                                + ",\"messages\":[{\"role\":\"user\",\"content\":\"Hello\"}]" + more + "}",
                        key);
    }

    /** Answers as a vendor that thinks in tags. */
    private static Script thinking(ReceivedRequest request) {
        if (!request.json().flag("stream", false)) {
            return Script.answer()
                    .json(
                            "{\"id\":\"c1\",\"model\":\"acme-1\",\"choices\":[{\"index\":0,\"message\":{\"role\":\"assistant\","
                                    + "\"content\":\"<think>Hm.</think>\\n\\nHello, 世界\"},\"finish_reason\":\"stop\"}],"
                                    + "\"usage\":{\"prompt_tokens\":9,\"completion_tokens\":4,\"total_tokens\":13}}");
        }
        return Script.answer()
                .sse(
                        "{\"id\":\"c1\",\"model\":\"acme-1\",\"choices\":[{\"index\":0,\"delta\":{\"role\":\"assistant\","
                                + "\"content\":\"<thi\"},\"finish_reason\":null}]}",
                        "{\"id\":\"c1\",\"model\":\"acme-1\",\"choices\":[{\"index\":0,\"delta\":{"
                                + "\"content\":\"nk>Hm.</think>\\n\\nHello, \"},\"finish_reason\":null}]}",
                        "{\"id\":\"c1\",\"model\":\"acme-1\",\"choices\":[{\"index\":0,\"delta\":{\"content\":\"世界\"},"
                                + "\"finish_reason\":\"eos\"}],\"usage\":{\"prompt_tokens\":9,\"completion_tokens\":4,"
                                + "\"total_tokens\":13}}");
    }

    /** What a streamed answer comes to. */
    private record Streamed(String text, String reasoning, String finish, boolean ended) {
        static Streamed of(Reply reply) {
            StringBuilder text = new StringBuilder();
            StringBuilder reasoning = new StringBuilder();
            String finish = "";
            for (String line : reply.body().split("\n")) {
                if (line.startsWith("data: {")) {
                    JsonNode choice;
                    try {
                        choice = Json.mapper().readTree(line.substring(6)).at("/choices/0");
                    } catch (IOException e) {
                        throw new AssertionError(line, e);
                    }
                    text.append(choice.at("/delta/content").asText(""));
                    reasoning.append(choice.at("/delta/reasoning_content").asText(""));
                    finish = choice.path("finish_reason").asText("").replace("null", "") + finish;
                }
            }
            return new Streamed(
                    text.toString(), reasoning.toString(), finish, reply.body().endsWith("data: [DONE]\n\n"));
        }
    }

    @Test
    void aVendorAddedAsDataAnswersWithoutARestart() {
        Reply created = put(
                "'name':{'en':'Acme','zh':'顶点'},'models':['acme-1'],"
                        + "'chat':{'reasoningTags':['think'],'finish':{'eos':'stop'},'drop':['seed'],'clamp':{'temperature':[0,1]}}");
        assertThat(created.status()).as(created.body()).isEqualTo(201);
        assertThat(created.header("etag")).isEqualTo("\"1\"");
        JsonNode type = type("acme");
        assertThat(type.at("/name/zh-CN").asText()).isEqualTo("顶点");
        assertThat(type.path("plugin").asText()).isEqualTo("openai-compatible");
        upstream.on("POST", "/v1/chat/completions", ProfileTest::thinking);
        channel("acme", "acme-1");

        Reply plain = chat("acme-1", false, ",\"seed\":7,\"temperature\":1.9");
        Reply streamed = chat("acme-1", true, ",\"stream_options\":{\"include_usage\":true}");

        assertThat(plain.status()).as(plain.body()).isEqualTo(200);
        assertThat(plain.json().at("/choices/0/message/content").asText()).isEqualTo("Hello, 世界");
        assertThat(plain.json().at("/choices/0/message/reasoning_content").asText())
                .isEqualTo("Hm.");
        assertThat(plain.json().at("/usage/prompt_tokens").asLong()).isEqualTo(9);
        assertThat(plain.headers().toString()).contains("seed");
        assertThat(Streamed.of(streamed)).isEqualTo(new Streamed("Hello, 世界", "Hm.", "stop", true));
        ReceivedRequest sent = upstream.received().getFirst();
        assertThat(sent.header("authorization")).isEqualTo("Bearer sk-acme-0123456789");
        assertThat(sent.json().get("seed")).isNull();
        assertThat(sent.json().get("temperature")).hasToString("1");
    }

    private static JsonNode type(String id) {
        for (JsonNode type : server.client().get("/api/admin/channel/types").path("data")) {
            if (type.path("id").asText().equals(id)) {
                return type;
            }
        }
        throw new AssertionError("no channel type " + id);
    }

    @Test
    void aChangedProfileHoldsForTheNextCall() {
        put("'models':['acme-1']");
        upstream.on("POST", "/", ProfileTest::thinking);
        channel("acme", "acme-1");
        assertThat(Streamed.of(chat("acme-1", true, "")).text()).isEqualTo("<think>Hm.</think>\n\nHello, 世界");

        Reply changed =
                put("'models':['acme-1'],'basePath':'','auth':'header:X-Acme-Key','chat':{'reasoningTags':['think']}");

        assertThat(changed.status()).as(changed.body()).isEqualTo(200);
        assertThat(changed.json().path("revision").asLong()).isEqualTo(2);
        assertThat(Streamed.of(chat("acme-1", true, "")).text()).isEqualTo("Hello, 世界");
        assertThat(upstream.received())
                .extracting(ReceivedRequest::path)
                .containsExactly("/v1/chat/completions", "/chat/completions");
        assertThat(upstream.received().getLast().header("x-acme-key")).isEqualTo("sk-acme-0123456789");
        assertThat(upstream.received().getLast().header("authorization")).isNull();
    }

    @Test
    void aProfileFromAnOldRevisionIsNotWrittenOver() {
        put("");
        put("'models':['a']");
        String old = draft("'models':['b']");

        HttpRequest request = HttpRequest.newBuilder(server.uri().resolve(PROFILES + "/acme"))
                .header("Authorization", server.client().session())
                .header("Content-Type", "application/json")
                .header("If-Match", "\"1\"")
                .PUT(HttpRequest.BodyPublishers.ofString(old))
                .build();
        try (HttpClient http = HttpClient.newHttpClient()) {
            assertThat(http.send(request, HttpResponse.BodyHandlers.ofString()).statusCode())
                    .isEqualTo(412);
        } catch (IOException | InterruptedException e) {
            throw new AssertionError(e);
        }
        assertThat(server.client().get(PROFILES + "/acme").at("/body/models/0").asText())
                .isEqualTo("a");
    }

    @Test
    void aWrongProfileIsRefusedWithItsMistake() {
        Reply wrong = put("'chat':{'clamp':{'temperature':[1,0]}}");

        assertThat(wrong.status()).isEqualTo(422);
        assertThat(wrong.header("content-type")).startsWith("application/problem+json");
        assertThat(wrong.json().path("member").asText()).isEqualTo("/chat/clamp/temperature");
        assertThat(wrong.json().path("detail").asText())
                .isEqualTo(
                        "/chat/clamp/temperature: expected the least and the most value, such as [0, 1], found [1,0]");
        assertThat(put("'shape':'round'").json().path("member").asText()).isEqualTo("/shape");
        assertThat(send("GET", PROFILES + "/acme", null).status()).isEqualTo(404);
        assertThat(send("PUT", PROFILES + "/acme", "{").status()).isEqualTo(400);
        assertThat(send("PUT", PROFILES + "/other", draft(""))
                        .json()
                        .path("member")
                        .asText())
                .isEqualTo("/id");
        assertThat(send("POST", PROFILES + "/check", draft("'auth':'magic'"))
                        .json()
                        .path("member")
                        .asText())
                .isEqualTo("/auth");
        Reply good = send("POST", PROFILES + "/check", draft("'models':['acme-1'],'chat':{'drop':['seed']}"));
        assertThat(good.status()).as(good.body()).isEqualTo(200);
        assertThat(good.json().at("/unmapped/0").asText()).isEqualTo("seed");
        assertThat(send("GET", PROFILES + "/acme", null).status()).isEqualTo(404);
    }

    @Test
    void shippedProfilesAreListedAndCannotBeTaken() {
        JsonNode all = server.client().get(PROFILES);
        assertThat(all.at("/families/0/id").asText()).isEqualTo("openai-compatible");
        assertThat(all.path("profiles").size()).isGreaterThan(100);
        assertThat(server.client()
                        .get(PROFILES + "/deepseek")
                        .at("/body/endpoint")
                        .asText())
                .isEqualTo("https://api.deepseek.com");
        assertThat(type("deepseek").at("/models/0").asText()).isNotBlank();

        Reply taken = send("PUT", PROFILES + "/deepseek", draft("").replace("acme", "deepseek"));

        assertThat(taken.status()).isEqualTo(409);
        assertThat(taken.json().path("detail").asText())
                .isEqualTo(
                        "The channel type 'deepseek' is provided by the plugin openai-compatible. Give the profile another id.");
        assertThat(send("DELETE", PROFILES + "/deepseek", null).status()).isEqualTo(404);
    }

    @Test
    void shippedVendorsAnswerByTheirOwnProtocol() {
        for (Vendor vendor : List.of(new DeepSeekVendor(), new GroqVendor(), new MoonshotVendor())) {
            server.client().price(vendor.model());
            upstream.otherwise(vendor::answer);
            ObjectNode form = Json.mapper().createObjectNode();
            form.put("name", vendor.type()).put("type", vendor.type()).put("endpoint", vendor.endpoint(upstream.uri()));
            form.put("secret", vendor.secret())
                    .put("retry", 1)
                    .put("state", true)
                    .put("weight", 1)
                    .put("priority", 0);
            form.put("mapper", "");
            form.withArray("models").add(vendor.model());
            assertThat(server.client()
                            .post("/api/admin/channel/create", form)
                            .path("status")
                            .asBoolean())
                    .isTrue();

            Reply plain = chat(vendor.model(), false, ",\"seed\":7,\"logprobs\":false,\"reasoning_effort\":null");
            Reply streamed =
                    chat(vendor.model(), true, ",\"stream_options\":{\"include_usage\":true},\"logit_bias\":{\"1\":1}");

            assertThat(plain.status()).as(plain.body()).isEqualTo(200);
            assertThat(plain.json().at("/choices/0/message/content").asText()).isEqualTo(Vendor.TEXT);
            assertThat(plain.json().at("/usage/prompt_tokens").asLong()).isEqualTo(9);
            assertThat(Streamed.of(streamed))
                    .as(streamed.body())
                    .isEqualTo(new Streamed(Vendor.TEXT, "", "stop", true));
            assertThat(streamed.body()).contains("\"prompt_tokens\":9").contains("\"completion_tokens\":4");
        }
    }

    @Test
    void aProfileInUseIsNotRemovedUnlessForced() {
        put("'models':['acme-1']");
        long channel = channel("acme", "acme-1");

        Reply refused = send("DELETE", PROFILES + "/acme", null);
        assertThat(refused.status()).isEqualTo(409);
        assertThat(refused.json().at("/channels/0").asLong()).isEqualTo(channel);
        assertThat(refused.json().path("detail").asText()).contains("the acme channel");

        assertThat(send("DELETE", PROFILES + "/acme?force=true", null).status()).isEqualTo(204);
        assertThat(chat("acme-1", false, "").status()).isGreaterThanOrEqualTo(500);
        assertThat(send("GET", PROFILES + "/acme", null).status()).isEqualTo(404);
    }

    @Test
    void onlyAdministratorsMaySeeOrChangeProfiles() {
        server.patchbay().parts().accounts().users().create("ann", null, TestServer.PASSWORD, false);
        String ann = server.client()
                .post("/api/login", Map.of("username", "ann", "password", TestServer.PASSWORD))
                .path("token")
                .asText();
        assertThat(ann).isNotEmpty();
        for (String caller : List.of(ann, "")) {
            for (String method : List.of("GET", "PUT", "DELETE")) {
                Reply reply = server.client()
                        .send(method, PROFILES + "/acme", method.equals("PUT") ? draft("") : null, caller);
                assertThat(reply.status()).as(method).isIn(401, 403);
            }
            assertThat(server.client()
                            .send("POST", PROFILES + "/check", draft(""), caller)
                            .status())
                    .isIn(401, 403);
        }
    }

    @Test
    void whatAdministratorsDidIsOnRecord() {
        put("");
        put("'models':['a']");
        send("DELETE", PROFILES + "/acme", null);

        List<String> actions = new ArrayList<>();
        for (var entry : server.patchbay().parts().accounts().audit().newest(Long.MAX_VALUE, 3)) {
            actions.add(entry.actor() + " " + entry.action() + " " + entry.subject());
        }
        assertThat(actions)
                .containsExactly(
                        "root channel.profile.delete channel profile acme",
                        "root channel.profile.update channel profile acme",
                        "root channel.profile.create channel profile acme");
    }

    @Test
    void aSwapOfThePluginUnderARunningStreamDisturbsNobody() throws Exception {
        put("'models':['acme-1'],'chat':{'reasoningTags':['think']}");
        CountDownLatch swapped = new CountDownLatch(1);
        upstream.once(
                "POST",
                "/",
                Script.answer()
                        .sse(
                                "{\"id\":\"c1\",\"model\":\"acme-1\",\"choices\":[{\"index\":0,\"delta\":{\"role\":\"assistant\","
                                        + "\"content\":\"<think>Hm.</think>Hel\"}}]}")
                        .until(swapped)
                        .sse(
                                "{\"id\":\"c1\",\"model\":\"acme-1\",\"choices\":[{\"index\":0,\"delta\":{\"content\":\"lo\"},"
                                        + "\"finish_reason\":\"stop\"}]}"));
        upstream.on("POST", "/", ProfileTest::thinking);
        channel("acme", "acme-1");
        String before = server.client().get(PLUGIN).at("/observed/version").asText();

        CompletableFuture<Reply> stream = CompletableFuture.supplyAsync(() -> chat("acme-1", true, ""));
        upstream.awaitReceived(1);
        Reply upload = server.client().upload(PluginVersions.of(jar(), "0.9.0", jars));
        assertThat(upload.status()).as(upload.body()).isEqualTo(200);
        assertThat(type("acme").path("pluginVersion").asText()).isEqualTo("0.9.0");
        assertThat(server.client().get(PLUGIN).path("draining").size()).isEqualTo(1);
        assertThat(chat("acme-1", false, "")
                        .json()
                        .at("/choices/0/message/content")
                        .asText())
                .isEqualTo("Hello, 世界");
        swapped.countDown();

        assertThat(Streamed.of(stream.get(20, TimeUnit.SECONDS))).isEqualTo(new Streamed("Hello", "Hm.", "stop", true));
        await().atMost(Duration.ofSeconds(60))
                .pollInterval(Duration.ofMillis(300))
                .until(() -> {
                    System.gc();
                    JsonNode plugin = server.client().get(PLUGIN);
                    return plugin.path("draining").isEmpty()
                            && plugin.path("uncollected").isEmpty();
                });
        assertThat(before).isNotEqualTo("0.9.0");
        assertThat(send("POST", PLUGIN + "/rollback", null).status()).isEqualTo(200);
    }

    @Test
    void withoutThePluginAProfileWaitsForIt() {
        put("'models':['acme-1']");
        upstream.on("POST", "/", ProfileTest::thinking);
        channel("acme", "acme-1");
        assertThat(send("POST", PLUGIN + "/disable", null).status()).isEqualTo(200);

        assertThat(server.client().get(PROFILES + "/acme").path("state").asText())
                .isEqualTo("family-missing");
        assertThat(chat("acme-1", false, "").status()).isGreaterThanOrEqualTo(500);
        assertThat(send("PUT", PROFILES + "/acme", draft("")).status()).isEqualTo(409);

        assertThat(send("POST", PLUGIN + "/enable", null).status()).isEqualTo(200);
        assertThat(server.client().get(PROFILES + "/acme").path("state").asText())
                .isEqualTo("serving");
        assertThat(chat("acme-1", false, "").status()).isEqualTo(200);
    }
}
