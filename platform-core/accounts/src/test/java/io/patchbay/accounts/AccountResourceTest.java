package io.patchbay.accounts;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchbay.accounts.WebApp.Answer;
import io.patchbay.foundation.testing.TestDatabase;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class AccountResourceTest {
    @Test
    void greetsEverybody(@TempDir Path folder) {
        try (Node node = Node.open(TestDatabase.SQLITE, folder)) {
            node.user("ann");
            WebApp web = new WebApp(node.accounts());

            assertThat(web.get("").send().text()).isEqualTo("{\"status\":true,\"auth\":false,\"method\":\"GET\"}");
            assertThat(web.post("").as(node.token("ann")).send().text())
                    .isEqualTo("{\"status\":true,\"auth\":true,\"method\":\"POST\"}");
        }
    }

    @Test
    void tellsTheState(@TempDir Path folder) {
        try (Node node = Node.open(TestDatabase.SQLITE, folder)) {
            node.user("ann");
            node.admin("chief");
            WebApp web = new WebApp(node.accounts());

            assertThat(web.post("state").as(node.token("ann")).send().text())
                    .isEqualTo("{\"status\":true,\"user\":\"ann\",\"admin\":false}");
            assertThat(web.post("state")
                            .header("Authorization", node.token("chief"))
                            .send()
                            .text())
                    .isEqualTo("{\"status\":true,\"user\":\"chief\",\"admin\":true}");
            assertThat(web.post("state").send().text()).isEqualTo("{\"status\":false,\"user\":\"\",\"admin\":false}");
            assertThat(web.post("state").as("nonsense").send().text())
                    .isEqualTo("{\"status\":false,\"user\":\"\",\"admin\":false}");
            assertThat(web.post("state").as("sk-nonsense").send().text())
                    .as("an anonymous route does not care about a bad key")
                    .isEqualTo("{\"status\":false,\"user\":\"\",\"admin\":false}");
        }
    }

    @Test
    void showsTheOwnAccount(@TempDir Path folder) {
        try (Node node = Node.open(TestDatabase.SQLITE, folder)) {
            User ann = node.user("ann");
            WebApp web = new WebApp(node.accounts());
            node.clock().advance(Duration.ofHours(36));

            assertThat(web.get("userinfo").as(node.token("ann")).send().text())
                    .isEqualTo("{\"status\":true,\"data\":{\"id\":" + ann.id() + ",\"register_days\":1.5,"
                            + "\"used_quota\":12.500000,\"plan_total_month\":" + ann.id()
                            + ",\"email\":\"ann@example.com\",\"must_change_password\":false}}");
            assertThat(web.get("userinfo").send().text()).isEqualTo("{\"status\":false,\"error\":\"user not found\"}");
            assertThat(web.get("package").as(node.token("ann")).send().text())
                    .isEqualTo("{\"status\":true,\"data\":null}");
        }
    }

    @Test
    void servesAndResetsTheKey(@TempDir Path folder) {
        try (Node node = Node.open(TestDatabase.SQLITE, folder)) {
            node.user("ann");
            WebApp web = new WebApp(node.accounts());
            String token = node.token("ann");
            String key = web.get("apikey").as(token).send().field("key");

            assertThat(key).matches("sk-[0-9a-f]{64}");
            assertThat(web.get("apikey").as(key).send().field("key")).isEqualTo(key);
            Answer reset = web.post("resetkey").as(token).send();
            assertThat(reset.json().path("status").asBoolean()).isTrue();
            assertThat(reset.field("key")).isNotEqualTo(key);
            node.clock().advance(Duration.ofSeconds(1));

            Answer refused = web.get("apikey").as(key).send();
            assertThat(refused.status()).isEqualTo(401);
            assertThat(refused.text())
                    .isEqualTo("{\"code\":401,\"message\":\"Access denied. Please provide correct api key.\"}");
            assertThat(web.get("apikey").as(reset.field("key")).send().field("key"))
                    .isEqualTo(reset.field("key"));
        }
    }

    @Test
    void endsTheWayOfABannedUser(@TempDir Path folder) {
        try (Node node = Node.open(TestDatabase.SQLITE, folder)) {
            User ann = node.user("ann");
            WebApp web = new WebApp(node.accounts());
            String token = node.token("ann");
            String key = node.accounts().apiKeys().defaultKey(ann.id()).orElseThrow();
            node.accounts().users().setBanned(ann.id(), true, "root");

            for (String credential : new String[] {token, key}) {
                assertThat(web.get("userinfo").as(credential).send().text())
                        .isEqualTo("{\"status\":false,\"error\":\"current user is banned\"}");
                assertThat(web.post("state")
                                .as(credential)
                                .send()
                                .json()
                                .path("status")
                                .asBoolean())
                        .isFalse();
            }
            assertThat(web.get("v1/mine").as(key).send().status()).isEqualTo(403);
        }
    }

    @Test
    void replacesTheOwnPassword(@TempDir Path folder) {
        try (Node node = Node.open(TestDatabase.SQLITE, folder)) {
            node.user("ann");
            WebApp web = new WebApp(node.accounts());
            String token = node.token("ann");

            assertThat(change(web, "", "password of ann", "a new one").status()).isEqualTo(401);
            assertThat(change(web, token, "password of bob", "a new one").status())
                    .isEqualTo(403);
            assertThat(change(web, token, "password of ann", "short").status()).isEqualTo(422);
            assertThat(web.post("account/password").as(token).json("{").send().status())
                    .isEqualTo(400);
            assertThat(web.post("account/password").as(token).json("{}").send().status())
                    .isEqualTo(400);
            Answer changed = change(web, token, "password of ann", "a new one");
            assertThat(changed.status()).isEqualTo(200);
            assertThat(web.post("state").as(token).send().json().path("status").asBoolean())
                    .isFalse();
            assertThat(web.post("state")
                            .as(changed.field("token"))
                            .send()
                            .json()
                            .path("status")
                            .asBoolean())
                    .isTrue();
        }
    }

    private static Answer change(WebApp web, String token, String current, String password) {
        WebApp.Call call = web.post("account/password");
        return (token.isEmpty() ? call : call.as(token))
                .json("{\"current\":\"" + current + "\",\"password\":\"" + password + "\"}")
                .send();
    }
}
