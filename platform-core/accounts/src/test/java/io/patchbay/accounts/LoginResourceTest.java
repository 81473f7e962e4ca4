package io.patchbay.accounts;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchbay.accounts.WebApp.Answer;
import io.patchbay.foundation.testing.TestDatabase;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class LoginResourceTest {
    private static final String GOOD = "{\"username\":\"ann\",\"password\":\"password of ann\"}";

    @Test
    void readsJsonFormsAndMultipart(@TempDir Path folder) {
        try (Node node = Node.open(TestDatabase.SQLITE, folder)) {
            node.user("ann");
            WebApp web = new WebApp(node.accounts());
            String multipart = """
                    --frontier\r
                    Content-Disposition: form-data; name="username"\r
                    \r
                    ann\r
                    --frontier\r
                    Content-Disposition: form-data; name="password"\r
                    \r
                    password of ann\r
                    --frontier--\r
                    """;

            for (WebApp.Call call : new WebApp.Call[] {
                web.post("login").json(GOOD),
                web.post("login").json("{\"USERNAME\":\"ann\",\"Password\":\"password of ann\",\"more\":[1]}"),
                web.post("login").body("text/plain", GOOD),
                web.post("login").body("application/x-www-form-urlencoded", "username=ann&password=password+of+ann"),
                web.post("login").body("multipart/form-data; boundary=frontier", multipart),
                web.post("login").header("Authorization", "").json(GOOD)
            }) {
                Answer answer = call.send();
                assertThat(answer.status()).isEqualTo(200);
                assertThat(answer.type()).isEqualTo("application/json;charset=utf-8");
                assertThat(answer.json().path("status").asBoolean())
                        .as(answer.text())
                        .isTrue();
                assertThat(answer.json().has("must_change_password")).isFalse();
                assertThat(node.authenticate(answer.field("token"))).isInstanceOf(Authentication.Known.class);
            }
        }
    }

    @Test
    void tellsTheErrorsOfTheOriginal(@TempDir Path folder) {
        try (Node node = Node.open(TestDatabase.SQLITE, folder)) {
            User ann = node.user("ann");
            WebApp web = new WebApp(node.accounts());

            for (String body : new String[] {
                "",
                "{",
                "[]",
                "null",
                "{}",
                "{\"username\":\"ann\"}",
                "{\"username\":\"\",\"password\":\"x\"}",
                "{\"username\":\"ann\",\"password\":\"" + "x".repeat(70_000) + "\"}"
            }) {
                assertThat(web.post("login").json(body).send().text())
                        .isEqualTo("{\"status\":false,\"error\":\"bad request\"}");
            }
            node.clock().advance(Duration.ofMinutes(1));
            assertThat(web.post("login")
                            .json("{\"username\":\"ann\",\"password\":\"x\"}")
                            .send()
                            .text())
                    .isEqualTo("{\"status\":false,\"error\":\"invalid username or password format\"}");
            assertThat(web.post("login")
                            .json("{\"username\":\"ann\",\"password\":\"123456\"}")
                            .send()
                            .text())
                    .isEqualTo("{\"status\":false,\"error\":\"invalid username or password\"}");
            assertThat(web.post("login")
                            .json("{\"username\":\"bob\",\"password\":\"123456\"}")
                            .send()
                            .text())
                    .isEqualTo("{\"status\":false,\"error\":\"invalid username or password\"}");
            node.accounts().users().setBanned(ann.id(), true, "root");
            assertThat(web.post("login").json(GOOD).send().text())
                    .isEqualTo("{\"status\":false,\"error\":\"current user is banned\"}");
        }
    }

    @Test
    void throttlesGuessingWhateverTheHeadersSay(@TempDir Path folder) {
        try (Node node = Node.open(TestDatabase.SQLITE, folder)) {
            node.user("ann");
            WebApp web = new WebApp(node.accounts());
            for (int guess = 0; guess < 10; guess++) {
                assertThat(web.post("login")
                                .header("X-Forwarded-For", "203.0.113." + guess)
                                .json("{\"username\":\"ann\",\"password\":\"guess number " + guess + "\"}")
                                .send()
                                .field("error"))
                        .isEqualTo("invalid username or password");
            }

            assertThat(web.post("login")
                            .header("X-Forwarded-For", "203.0.113.77")
                            .json(GOOD)
                            .send()
                            .text())
                    .isEqualTo(
                            "{\"status\":false,\"reason\":\"You have sent too many requests. Please try again later.\","
                                    + "\"error\":\"request_throttled\"}");
            assertThat(web.post("login")
                            .from("10.0.0.1")
                            .header("X-Forwarded-For", "203.0.113.77")
                            .json(GOOD)
                            .send()
                            .json()
                            .path("status")
                            .asBoolean())
                    .as("through a trusted proxy from another address")
                    .isTrue();
        }
    }

    @Test
    void limitsTheRateByAddress(@TempDir Path folder) {
        try (Node node = Node.open(TestDatabase.SQLITE, folder)) {
            WebApp web = new WebApp(node.accounts());
            for (int attempt = 0; attempt < 20; attempt++) {
                assertThat(web.post("login").json("{}").send().field("error")).isEqualTo("bad request");
            }

            assertThat(web.post("login").json("{}").send().field("error")).isEqualTo("request_throttled");
            assertThat(web.post("/api/login").json("{}").send().field("error")).isEqualTo("request_throttled");
            assertThat(web.post("login;a=b").json("{}").send().field("error")).isEqualTo("request_throttled");
            assertThat(web.post("login").from("198.51.100.2").json("{}").send().field("error"))
                    .isEqualTo("bad request");
        }
    }
}
