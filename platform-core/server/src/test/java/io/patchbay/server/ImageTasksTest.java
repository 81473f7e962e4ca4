package io.patchbay.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.patchbay.billing.ledger.LedgerAudit;
import io.patchbay.foundation.json.Json;
import io.patchbay.server.TestServer.Client.Reply;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The image route with a model whose pictures are submitted and waited for: the midjourney plugin and its proxy. */
final class ImageTasksTest {
    private static final String MODEL = "midjourney-fast";
    private static final long PRICE = 100_000;
    private static final String BODY = "{\"model\":\"" + MODEL + "\",\"prompt\":\"a cat\",\"response_format\":\"url\"}";

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
        server = TestServer.start(
                home,
                Map.of(
                        "PATCHBAY_BUNDLED_PLUGINS", empty.toString(),
                        "SERVER_PUBLIC_URL", "https://site.example/",
                        "RELAY_HEARTBEAT", "200ms"));
        server.client().signIn();
        key = server.client().apiKey();
        Reply upload = server.client()
                .upload(Path.of(System.getProperty("patchbay.test.providers", "target/provider-plugins"))
                        .resolve("patchbay-plugin-midjourney.jar"));
        assertThat(upload.status()).as(upload.body()).isLessThan(300);
        ObjectNode price = Json.mapper().createObjectNode();
        price.put("id", -1)
                .put("type", "times-billing")
                .put("input", 0)
                .put("output", 0.1)
                .put("anonymous", false);
        price.withArray("models").add(MODEL);
        server.client().post("/api/admin/charge/set", price);
        server.client().channel("midjourney", proxy.endpoint(), MODEL);
    }

    @AfterEach
    void everyCreditIsAccountedFor() {
        Awaitility.await()
                .until(() -> server.patchbay().parts().relay().metrics().active() == 0);
        assertThat(new LedgerAudit(server.patchbay().parts().database()).violations())
                .isEmpty();
        server.close();
        proxy.close();
    }

    private CompletableFuture<Reply> generate(String body) {
        return CompletableFuture.supplyAsync(() -> server.client().send("POST", "/v1/images/generations", body, key));
    }

    private void tell(String task) {
        server.client().send("POST", proxy.hook(), task, "");
    }

    private long used() {
        return server.patchbay().parts().ledger().balance(1).used();
    }

    private static Reply await(CompletableFuture<Reply> reply) {
        return reply.orTimeout(30, TimeUnit.SECONDS).join();
    }

    @Test
    void waitsForTheTaskAndIsPaidForOnce() {
        CompletableFuture<Reply> pending = generate(BODY);
        String id = proxy.awaitSubmitted(1);
        assertThat(proxy.submitted().getFirst().json().string("prompt")).isEqualTo("a cat --fast");
        tell(MidjourneyProxy.running(id, 46));
        tell(MidjourneyProxy.done(id));

        Reply reply = await(pending);
        assertThat(reply.status()).as(reply.body()).isEqualTo(200);
        assertThat(reply.json().path("data")).hasSize(1);
        assertThat(reply.json().at("/data/0/url").asText()).isEqualTo(MidjourneyProxy.PICTURE);
        assertThat(reply.json().has("usage")).isFalse();
        assertThat(used()).isEqualTo(PRICE);
    }

    @Test
    void aStreamIsKeptAliveAndToldTheFinishedImage() {
        CompletableFuture<Reply> pending = generate(BODY.replace("}", ",\"stream\":true,\"partial_images\":1}"));
        String id = proxy.awaitSubmitted(1);
        proxy.awaitFetched(id);
        tell(MidjourneyProxy.done(id));
        Reply reply = await(pending);
        assertThat(reply.header("patchbay-dropped-fields")).isEqualTo("partial_images");
        List<String> events =
                reply.body().lines().filter(line -> line.startsWith("data: ")).toList();
        assertThat(events).hasSize(1);
        JsonNode event = new Reply(200, Map.of(), events.getFirst().substring("data: ".length())).json();
        assertThat(event.path("type").asText()).isEqualTo("image_generation.completed");
        assertThat(event.path("url").asText()).isEqualTo(MidjourneyProxy.PICTURE);
    }

    @Test
    void fieldsThatTheProxyDoesNotSeeAreToldAndTheFormOfTheAnswerIsNone() {
        CompletableFuture<Reply> pending = generate(BODY.replace("}", ",\"size\":\"1024x1024\",\"n\":2}"));
        String id = proxy.awaitSubmitted(1);
        tell(MidjourneyProxy.done(id));
        Reply reply = await(pending);
        assertThat(reply.status()).as(reply.body()).isEqualTo(200);
        assertThat(reply.header("patchbay-dropped-fields")).isEqualTo("n, size");
    }

    @Test
    void whatTheUpstreamRefusesOrFailsIsFree() {
        proxy.refuse("{\"code\":24,\"description\":\"banned prompt\"}");
        Reply refused = await(generate(BODY));
        assertThat(refused.status()).as(refused.body()).isEqualTo(400);
        assertThat(refused.json().at("/error/code").asText()).isEqualTo("content_filter");

        proxy.refuse("");
        CompletableFuture<Reply> pending = generate(BODY);
        String id = proxy.awaitSubmitted(2);
        tell(MidjourneyProxy.failed(id, "the bot is on strike"));
        Reply failed = await(pending);
        assertThat(failed.status()).as(failed.body()).isGreaterThanOrEqualTo(400);
        assertThat(failed.json().at("/error/message").asText()).contains("the bot is on strike");
        assertThat(used()).isZero();
        assertThat(server.patchbay().parts().ledger().balance(1).reserved()).isZero();
    }
}
