package io.patchbay.accounts;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchbay.accounts.WebApp.Answer;
import io.patchbay.foundation.testing.TestDatabase;
import java.nio.file.Path;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class AuthenticationFilterTest {
    @Test
    void findsKeysWhereTheSdksPutThem(@TempDir Path folder) {
        try (Node node = Node.open(TestDatabase.SQLITE, folder)) {
            User ann = node.user("ann");
            WebApp web = new WebApp(node.accounts());
            String key = node.accounts().apiKeys().defaultKey(ann.id()).orElseThrow();

            for (WebApp.Call call : new WebApp.Call[] {
                web.get("v1/mine").as(key),
                web.get("v1/mine").header("Authorization", key),
                web.get("v1/mine").header("x-api-key", key),
                web.get("v1/mine").header("api-key", key),
                web.get("v1/mine").header("x-goog-api-key", key),
                web.get("v1/mine?key=" + key),
                web.get("v1/mine").as("dummy").header("x-api-key", key),
                web.get("v1/mine").as(node.token("ann"))
            }) {
                assertThat(call.send().text()).isEqualTo("{\"user\":\"ann\"}");
            }
            assertThat(web.get("userinfo").header("x-api-key", key).send().field("error"))
                    .as("not on account routes")
                    .isEqualTo("user not found");
            assertThat(web.get("userinfo?key=" + key).send().field("error")).isEqualTo("user not found");
        }
    }

    @Test
    void refusesBadKeysOnModelRoutesAsOpenAiDoes(@TempDir Path folder) {
        try (Node node = Node.open(TestDatabase.SQLITE, folder)) {
            WebApp web = new WebApp(node.accounts());

            Answer unknown = web.get("v1/models").as("sk-unknown").send();
            assertThat(unknown.status()).isEqualTo(401);
            assertThat(unknown.text())
                    .isEqualTo(
                            "{\"error\":{\"message\":\"Incorrect API key provided.\",\"type\":\"invalid_request_error\","
                                    + "\"param\":null,\"code\":\"invalid_api_key\"}}");
            Answer missing = web.get("v1/mine").send();
            assertThat(missing.status()).isEqualTo(401);
            assertThat(missing.json().path("error").path("code").asText()).isEqualTo("invalid_api_key");
            assertThat(web.get("v1/models").send().status())
                    .as("open to everybody")
                    .isEqualTo(200);
            assertThat(web.get("v1/models").as("expired-token").send().status()).isEqualTo(200);
        }
    }

    @Test
    void refusesKeysOutOfScope(@TempDir Path folder) {
        try (Node node = Node.open(TestDatabase.SQLITE, folder)) {
            User ann = node.user("ann");
            WebApp web = new WebApp(node.accounts());
            ApiKeys keys = node.accounts().apiKeys();
            String relay = keys.create(ann.id(), "relay", Set.of(KeyScope.RELAY), "ann")
                    .secret();
            String account = keys.create(ann.id(), "account", Set.of(KeyScope.ACCOUNT), "ann")
                    .secret();

            assertThat(web.get("v1/mine").as(relay).send().status()).isEqualTo(200);
            assertThat(web.get("userinfo").as(relay).send().status()).isEqualTo(403);
            assertThat(web.get("userinfo").as(account).send().status()).isEqualTo(200);
            Answer refused = web.get("v1/mine").as(account).send();
            assertThat(refused.status()).isEqualTo(403);
            assertThat(refused.json().path("error").path("code").asText()).isEqualTo("insufficient_scope");
        }
    }

    @Test
    void refusesBlockedAddressesWhateverTheHeadersSay(@TempDir Path folder) {
        try (Node node = Node.open(TestDatabase.SQLITE, folder)) {
            User ann = node.user("ann");
            WebApp web = new WebApp(node.accounts());
            String key = node.accounts().apiKeys().defaultKey(ann.id()).orElseThrow();
            for (int guess = 0; guess <= 50; guess++) {
                web.get("v1/models")
                        .header("X-Forwarded-For", "203.0.113." + guess)
                        .as("sk-" + guess)
                        .send();
            }

            Answer account = web.get("userinfo")
                    .header("X-Forwarded-For", "203.0.113.99")
                    .as(key)
                    .send();
            assertThat(account.status()).isEqualTo(401);
            assertThat(account.text()).isEqualTo("{\"code\":403,\"message\":\"ip in black list\"}");
            Answer model = web.get("v1/mine").as(key).send();
            assertThat(model.status()).isEqualTo(403);
            assertThat(model.json().path("error").path("code").asText()).isEqualTo("address_blocked");
            assertThat(web.get("v1/mine").from("203.0.113.1").as(key).send().status())
                    .as("addresses the guesser named are not blocked in its place")
                    .isEqualTo(200);
        }
    }

    @Test
    void refusesInTheShapeOfTheRoute(@TempDir Path folder) {
        try (Node node = Node.open(TestDatabase.SQLITE, folder)) {
            node.user("ann");
            WebApp web = new WebApp(node.accounts());

            assertThat(web.get("own/message").send().text())
                    .isEqualTo("{\"status\":false,\"message\":\"user not found\"}");
            Answer problem = web.get("own/problem").send();
            assertThat(problem.status()).isEqualTo(401);
            assertThat(problem.type()).isEqualTo("application/problem+json");
            assertThat(web.get("own/problem").as("sk-x").send().field("detail")).isEqualTo("there is no such API key");
            assertThat(web.get("own/message").as(node.token("ann")).send().text())
                    .isEqualTo("{\"status\":true}");
        }
    }

    @Test
    void seesThroughSpellingsOfAPath() {
        assertThat(RoutePath.normal("/api/admin/user")).isEqualTo("admin/user");
        assertThat(RoutePath.normal("//api//admin;x=1/user;y")).isEqualTo("admin/user");
        assertThat(RoutePath.normal("/v1/models")).isEqualTo("v1/models");
        assertThat(RoutePath.normal("/apikey")).isEqualTo("apikey");
        assertThat(RoutePath.normal("/")).isEmpty();
    }
}
