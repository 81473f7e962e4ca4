package io.patchbay.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.patchbay.accounts.Accounts;
import io.patchbay.billing.ledger.LedgerAudit;
import io.patchbay.foundation.json.Json;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A thousand requests at once want to redeem one code: fifty users, twenty times each, from as many addresses. */
@Timeout(90)
final class RedemptionRushTest {
    private static final int USERS = 50;
    private static final int TRIES = 20;
    private static final long WORTH = 5_000_000;

    @TempDir
    private static Path home;

    @Test
    void oneCodeIsOneCredit() throws Exception {
        // Several hundred requests wait together, each from its own address, as a proxy tells.
        try (TestServer server = TestServer.start(
                        home, Map.of("SERVER_TRUSTED_PROXIES", "127.0.0.1", "SERVER_MAX_API_REQUESTS", "2000"));
                HttpClient http = HttpClient.newBuilder()
                        .version(HttpClient.Version.HTTP_1_1)
                        .build();
                ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            server.client().signIn();
            String code = code(server);
            List<Long> users = new ArrayList<>();
            List<String> keys = new ArrayList<>();
            Accounts accounts = server.patchbay().parts().accounts();
            for (int i = 0; i < USERS; i++) {
                long user = accounts.users()
                        .create("redeemer" + i, null, TestServer.PASSWORD, false)
                        .id();
                users.add(user);
                keys.add(accounts.apiKeys().defaultKey(user).orElseThrow());
            }
            CountDownLatch together = new CountDownLatch(1);
            List<Future<JsonNode>> asked = new ArrayList<>();
            for (int i = 0; i < USERS * TRIES; i++) {
                HttpRequest request = request(server.uri(), keys.get(i % USERS), code, i);
                Callable<JsonNode> redeem = () -> {
                    together.await();
                    HttpResponse<String> response = http.send(request, HttpResponse.BodyHandlers.ofString());
                    assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
                    return Json.read(response.body(), JsonNode.class);
                };
                asked.add(threads.submit(redeem));
            }
            together.countDown();
            List<JsonNode> answers = new ArrayList<>();
            for (Future<JsonNode> one : asked) {
                answers.add(one.get());
            }

            assertThat(answers)
                    .filteredOn(answer -> answer.path("status").asBoolean())
                    .hasSize(1);
            assertThat(answers)
                    .filteredOn(answer -> answer.path("error").asText().contains("this redeem code has been used"))
                    .hasSize(USERS * TRIES - 1);
            assertThat(users.stream()
                            .mapToLong(user -> server.patchbay()
                                    .parts()
                                    .ledger()
                                    .balance(user)
                                    .owned())
                            .filter(owned -> owned != 0))
                    .containsExactly(WORTH);
            assertThat(new LedgerAudit(server.patchbay().parts().database()).violations())
                    .isEmpty();
        }
    }

    private static String code(TestServer server) {
        JsonNode made = server.client().post("/api/admin/redeem/generate", Map.of("quota", 5, "number", 1));
        assertThat(made.path("status").asBoolean()).as("%s", made).isTrue();
        return made.path("data").path(0).asText();
    }

    private static HttpRequest request(URI server, String key, String code, int number) {
        return HttpRequest.newBuilder(server.resolve("/api/redeem?code=" + code))
                .header("Authorization", "Bearer " + key)
                .header("X-Forwarded-For", "10.1." + number / 250 + "." + (1 + number % 250))
                .build();
    }
}
