package io.patchbay.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.patchbay.billing.ledger.LedgerAudit;
import io.patchbay.foundation.config.DatabaseConfig;
import io.patchbay.foundation.json.Json;
import io.patchbay.foundation.testing.MariaDbServer;
import io.patchbay.server.TestServer.Client.Reply;
import io.patchbay.testkit.upstream.Charge;
import io.patchbay.testkit.upstream.OpenAiScripts;
import io.patchbay.testkit.upstream.ScriptedUpstream;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Three thousand calls at once want to spend what is worth a thousand. On SQLite, or on what the system property
 * {@code patchbay.crash.database} names.
 */
final class MoneyRushTest {
    private static final String MODEL = "rush";
    private static final String PRICE = "0.07";
    private static final int CALLS = 3_000;
    private static final int WORTH = 1_000;
    private static final int AT_ONCE = 200;
    private static final String TOO_POOR =
            "user quota is not enough error \\(model: rush, minimum quota: 0\\.07, your quota: \\d+\\.\\d\\d\\)";

    @TempDir
    private Path home;

    @Test
    void exactlyWhatIsPaidForPasses() throws Exception {
        try (ScriptedUpstream upstream = ScriptedUpstream.start();
                TestServer server = TestServer.start(home, database())) {
            upstream.on("POST", "/v1/chat/completions", OpenAiScripts.text(MODEL, "spent"));
            long user = server.patchbay()
                    .parts()
                    .accounts()
                    .users()
                    .create("spender", null, TestServer.PASSWORD, false)
                    .id();
            prepare(server, upstream, user);

            long begun = System.nanoTime();
            List<Reply> replies = ask(server, user);
            System.out.printf(
                    "%,d calls of what is worth %,d, %d at once, %s: %,d ms%n",
                    CALLS,
                    WORTH,
                    AT_ONCE,
                    server.patchbay().parts().database().dialect(),
                    Duration.ofNanos(System.nanoTime() - begun).toMillis());
            check(server, upstream, user, replies);
        }
    }

    /** Returns the settings for the database that the system property {@code patchbay.crash.database} asks for. */
    private static Map<String, String> database() {
        if (System.getProperty("patchbay.crash.database", "sqlite").equals("sqlite")) {
            return Map.of();
        }
        DatabaseConfig.MySql database = MariaDbServer.shared().newDatabase();
        return Map.of(
                "MYSQL_HOST", database.host(),
                "MYSQL_PORT", Integer.toString(database.port()),
                "MYSQL_USER", database.user(),
                "MYSQL_PASSWORD", database.password(),
                "MYSQL_DB", database.database());
    }

    private static void prepare(TestServer server, ScriptedUpstream upstream, long user) {
        TestServer.Client root = server.client();
        root.signIn();
        BigDecimal price = new BigDecimal(PRICE);
        ok(root.post(
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
                        price,
                        "anonymous",
                        false)));
        root.channel("openai", upstream.endpoint(), MODEL);
        BigDecimal balance = price.multiply(BigDecimal.valueOf(WORTH));
        ok(root.post("/api/admin/user/quota", Map.of("id", user, "quota", balance, "override", true)));
    }

    private static void ok(JsonNode answer) {
        assertThat(answer.path("status").asBoolean()).as("%s", answer).isTrue();
    }

    private static List<Reply> ask(TestServer server, long user) throws Exception {
        String key =
                server.patchbay().parts().accounts().apiKeys().defaultKey(user).orElseThrow();
        Queue<Reply> replies = new ConcurrentLinkedQueue<>();
        AtomicInteger next = new AtomicInteger();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<?>> clients = new ArrayList<>();
            for (int i = 0; i < AT_ONCE; i++) {
                clients.add(threads.submit(() -> {
                    for (int n = next.getAndIncrement(); n < CALLS; n = next.getAndIncrement()) {
                        replies.add(ask(server, key, n));
                    }
                }));
            }
            for (Future<?> client : clients) {
                client.get();
            }
        }
        return List.copyOf(replies);
    }

    private static Reply ask(TestServer server, String key, int number) {
        String body = Json.write(Map.of(
                "model",
                MODEL,
                "stream",
                number % 2 == 0,
                "messages",
                List.of(Map.of("role", "user", "content", "call " + number))));
        return server.client().send("POST", "/v1/chat/completions", body, key);
    }

    private static void check(TestServer server, ScriptedUpstream upstream, long user, List<Reply> replies) {
        List<Reply> passed =
                replies.stream().filter(reply -> reply.status() == 200).toList();
        List<Reply> refused =
                replies.stream().filter(reply -> reply.status() != 200).toList();
        assertThat(passed).hasSize(WORTH).allMatch(reply -> reply.body().contains("spent"));
        assertThat(refused).hasSize(CALLS - WORTH).allSatisfy(reply -> {
            assertThat(reply.status()).as(reply.body()).isEqualTo(402);
            assertThat(reply.json().at("/error/message").asText()).matches(TOO_POOR);
            assertThat(reply.json().at("/error/code").asText()).isEqualTo("insufficient_quota");
        });

        Awaitility.await()
                .until(() -> server.patchbay().parts().relay().metrics().active() == 0);
        assertThat(upstream.requests()).isEqualTo(WORTH);
        assertThat(upstream.bill()).hasSize(WORTH).allMatch(charge -> charge.outcome() == Charge.Outcome.COMPLETE);
        var balance = server.patchbay().parts().ledger().balance(user);
        assertThat(balance.owned()).isZero();
        assertThat(balance.used()).isEqualTo(WORTH * 70_000L);
        assertThat(new LedgerAudit(server.patchbay().parts().database()).violations())
                .isEmpty();
    }
}
