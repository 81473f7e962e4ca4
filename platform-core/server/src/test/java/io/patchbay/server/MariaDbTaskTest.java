package io.patchbay.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchbay.billing.ledger.LedgerAudit;
import io.patchbay.foundation.config.DatabaseConfig;
import io.patchbay.foundation.database.Dialect;
import io.patchbay.foundation.json.Json;
import io.patchbay.foundation.testing.MariaDbServer;
import io.patchbay.server.TestServer.Client.Reply;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A task on a real MariaDB: ordered, followed, and taken up after a restart. */
final class MariaDbTaskTest {
    private static final String MODEL = "midjourney-fast";
    private static final long PRICE = 100_000;

    @TempDir
    private Path home;

    @TempDir
    private Path empty;

    @Test
    void tasksAreKeptFollowedAndTakenUp() {
        DatabaseConfig.MySql database = MariaDbServer.shared().newDatabase();
        Map<String, String> settings = Map.of(
                "MYSQL_HOST", database.host(),
                "MYSQL_PORT", Integer.toString(database.port()),
                "MYSQL_USER", database.user(),
                "MYSQL_PASSWORD", database.password(),
                "MYSQL_DB", database.database(),
                "PATCHBAY_BUNDLED_PLUGINS", empty.toString(),
                "SERVER_PUBLIC_URL", "https://site.example");
        try (MidjourneyProxy proxy = new MidjourneyProxy()) {
            String key;
            String open;
            try (TestServer server = TestServer.start(home, settings)) {
                assertThat(server.patchbay().parts().database().dialect()).isEqualTo(Dialect.MYSQL);
                key = prepare(server, proxy);
                CompletableFuture<Reply> picture = chat(server, key, "a cat");
                String id = proxy.awaitSubmitted(1);
                proxy.awaitFetched(id);
                call(server, proxy, MidjourneyProxy.running(id, 46));
                call(server, proxy, MidjourneyProxy.done(id));
                assertThat(join(picture).body()).contains(MidjourneyProxy.PICTURE);
                chat(server, key, "/UPSCALE " + id + " 2");
                open = proxy.awaitSubmitted(2);
                proxy.awaitFetched(open);
                assertThat(used(server)).isEqualTo(PRICE);
            }
            try (TestServer server = TestServer.start(home, settings)) {
                proxy.set(open, MidjourneyProxy.done(open));
                Awaitility.await().atMost(Duration.ofSeconds(30)).until(() -> used(server) == 2 * PRICE);
                assertThat(proxy.submitted()).hasSize(2);
                assertThat(new LedgerAudit(server.patchbay().parts().database()).violations())
                        .isEmpty();
            }
        }
    }

    private static String prepare(TestServer server, MidjourneyProxy proxy) {
        server.client().signIn();
        server.client()
                .upload(Path.of(System.getProperty("patchbay.test.providers", "target/provider-plugins"))
                        .resolve("patchbay-plugin-midjourney.jar"));
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
        server.client().channel("midjourney", proxy.endpoint(), MODEL);
        return server.client().apiKey();
    }

    private static CompletableFuture<Reply> chat(TestServer server, String key, String words) {
        String body = Json.write(Map.of("model", MODEL, "messages", List.of(Map.of("role", "user", "content", words))));
        return CompletableFuture.supplyAsync(
                () -> server.client().send("POST", "/v1/chat/completions", body, key),
                task -> Thread.ofVirtual().start(task));
    }

    private static void call(TestServer server, MidjourneyProxy proxy, String task) {
        assertThat(server.client().send("POST", proxy.hook(), task, "").status())
                .isEqualTo(200);
    }

    private static Reply join(CompletableFuture<Reply> reply) {
        return reply.orTimeout(30, TimeUnit.SECONDS).join();
    }

    private static long used(TestServer server) {
        return server.patchbay().parts().ledger().balance(1).used();
    }
}
