package io.patchbay.accounts;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.patchbay.accounts.WebApp.Answer;
import io.patchbay.foundation.testing.TestDatabase;
import java.nio.file.Path;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class AdministrationTest {
    private static final String OK = "{\"status\":true}";
    private static final String DENIED = "{\"code\":401,\"message\":\"Access denied.\"}";

    @Test
    void opensTheGateToAdministratorsOnly(@TempDir Path folder) {
        try (Node node = Node.open(TestDatabase.SQLITE, folder)) {
            User ann = node.user("ann");
            User chief = node.admin("chief");
            WebApp web = new WebApp(node.accounts());
            ApiKeys keys = node.accounts().apiKeys();
            String annKey = keys.defaultKey(ann.id()).orElseThrow();
            String chiefKey = keys.defaultKey(chief.id()).orElseThrow();
            String relayKey = keys.create(chief.id(), "relay", Set.of(KeyScope.RELAY), "chief")
                    .secret();

            for (String path : new String[] {
                "admin/user/list", "admin/forgotten", "/api/admin/forgotten", "admin;x=1/forgotten", "elsewhere"
            }) {
                for (String credential : new String[] {"", node.token("ann"), annKey, relayKey, "sk-x", "nonsense"}) {
                    Answer answer = web.get(path).as(credential).send();
                    assertThat(answer.status()).as(path).isEqualTo(401);
                    assertThat(answer.text()).as(path).isEqualTo(DENIED);
                }
                for (String credential : new String[] {node.token("chief"), chiefKey}) {
                    assertThat(web.get(path).as(credential).send().text())
                            .as(path)
                            .isEqualTo(OK);
                }
            }
            assertThat(web.get("%61dmin/forgotten").send().status())
                    .as("Jersey matches the spelling as it came")
                    .isEqualTo(404);
        }
    }

    @Test
    void closesTheGateAtOnceAfterDemotion(@TempDir Path folder) {
        try (Node node = Node.open(TestDatabase.SQLITE, folder)) {
            User chief = node.admin("chief");
            WebApp web = new WebApp(node.accounts());
            String token = node.token("chief");
            assertThat(web.get("admin/user/list").as(token).send().status()).isEqualTo(200);

            node.accounts().users().setAdmin(chief.id(), false, "root");
            assertThat(web.get("admin/user/list").as(token).send().status()).isEqualTo(401);
        }
    }

    @Test
    void asksForANewPasswordBeforeAnythingElse(@TempDir Path folder) {
        try (Node node = Node.open(TestDatabase.SQLITE, folder)) {
            String generated = RootUser.ensure(node.accounts().users(), null).orElseThrow();
            WebApp web = new WebApp(node.accounts());
            Answer login = web.post("login")
                    .json("{\"username\":\"root\",\"password\":\"" + generated + "\"}")
                    .send();
            String token = login.field("token");

            assertThat(login.json().path("must_change_password").asBoolean()).isTrue();
            assertThat(web.get("userinfo")
                            .as(token)
                            .send()
                            .json()
                            .path("data")
                            .path("must_change_password")
                            .asBoolean())
                    .isTrue();
            assertThat(web.get("admin/user/list").as(token).send().status()).isEqualTo(403);
            assertThat(web.post("admin/user/root")
                            .as(token)
                            .json("{\"password\":\"chosen by me\"}")
                            .send()
                            .text())
                    .isEqualTo(OK);
            token = Node.success(node.accounts().signIn().signIn("root", "chosen by me", Node.ADDRESS))
                    .token();
            assertThat(web.get("admin/user/list").as(token).send().status()).isEqualTo(200);
        }
    }

    @Test
    void changesAccounts(@TempDir Path folder) {
        try (Node node = Node.open(TestDatabase.SQLITE, folder)) {
            User ann = node.user("ann");
            node.admin("chief");
            WebApp web = new WebApp(node.accounts());
            String token = node.token("chief");
            String id = "{\"id\":" + ann.id() + ",";

            assertThat(send(web, token, "ban", id + "\"ban\":true}")).isEqualTo(OK);
            assertThat(found(node, ann).banned()).isTrue();
            assertThat(send(web, token, "ban", id + "\"ban\":false}")).isEqualTo(OK);
            assertThat(found(node, ann).banned()).isFalse();
            assertThat(send(web, token, "admin", id + "\"admin\":true}")).isEqualTo(OK);
            assertThat(found(node, ann).admin()).isTrue();
            assertThat(send(web, token, "email", id + "\"email\":\"new@example.com\"}"))
                    .isEqualTo(OK);
            assertThat(found(node, ann).email()).isEqualTo("new@example.com");
            assertThat(send(web, token, "password", id + "\"password\":\"a new one\"}"))
                    .isEqualTo(OK);
            Node.success(node.accounts().signIn().signIn("ann", "a new one", Node.ADDRESS));

            JsonNode audit = web.get("admin/audit?limit=2").as(token).send().json();
            assertThat(audit.path("data").size()).isEqualTo(2);
            assertThat(audit.path("data").get(0).path("actor").asText()).isEqualTo("chief");
            assertThat(audit.path("data").get(0).path("action").asText()).isEqualTo("user.password");
            assertThat(audit.path("data").get(0).path("at").asText()).isEqualTo("2030-01-01T12:00:00Z");
            JsonNode older = web.get(
                            "admin/audit?limit=200&before=" + audit.path("next").asLong())
                    .as(token)
                    .send()
                    .json();
            assertThat(older.path("data").get(0).path("id").asLong())
                    .isLessThan(audit.path("next").asLong());
            assertThat(older.path("next").isNull()).isTrue();
        }
    }

    @Test
    void tellsFailuresInTheShapeOfTheRoute(@TempDir Path folder) {
        try (Node node = Node.open(TestDatabase.SQLITE, folder)) {
            User ann = node.user("ann");
            node.admin("chief");
            WebApp web = new WebApp(node.accounts());
            String token = node.token("chief");

            assertThat(send(web, token, "password", "{\"id\":" + ann.id() + ",\"password\":\"short\"}"))
                    .isEqualTo("{\"status\":false,\"error\":\"password length must be between 6 and 36\"}");
            assertThat(send(web, token, "password", "{\"id\":999,\"password\":\"a new one\"}"))
                    .isEqualTo("{\"status\":false,\"error\":\"user not found\"}");
            assertThat(send(web, token, "root", "{\"password\":\"a new one\"}"))
                    .isEqualTo("{\"status\":false,\"error\":\"user not found\"}");
            assertThat(send(web, token, "ban", "{\"id\":999,\"ban\":true}"))
                    .isEqualTo("{\"status\":false,\"message\":\"user not found\"}");
            for (String body :
                    new String[] {"", "{", "null", "[]", "{}", "{\"id\":1}", "{\"id\":\"x\",\"ban\":true}"}) {
                assertThat(send(web, token, "ban", body)).isEqualTo("{\"status\":false,\"message\":\"bad request\"}");
                assertThat(send(web, token, "password", body))
                        .isEqualTo("{\"status\":false,\"error\":\"bad request\"}");
            }
        }
    }

    @Test
    void leavesNobodyLockedOut(@TempDir Path folder) {
        try (Node node = Node.open(TestDatabase.SQLITE, folder)) {
            RootUser.ensure(node.accounts().users(), "chosen by me");
            User root = node.accounts().users().findByUsername("root").orElseThrow();
            User chief = node.admin("chief");
            WebApp web = new WebApp(node.accounts());
            String token = node.token("chief");
            String rootToken = Node.success(node.accounts().signIn().signIn("root", "chosen by me", Node.ADDRESS))
                    .token();
            String toRoot = "{\"id\":" + root.id() + ",";
            String toChief = "{\"id\":" + chief.id() + ",";

            assertThat(send(web, token, "ban", toChief + "\"ban\":true}")).contains("you cannot ban yourself");
            assertThat(send(web, token, "admin", toChief + "\"admin\":false}")).contains("\"status\":false");
            assertThat(send(web, token, "ban", toRoot + "\"ban\":true}")).contains("the root user cannot be banned");
            assertThat(send(web, token, "admin", toRoot + "\"admin\":false}")).contains("\"status\":false");
            assertThat(send(web, token, "password", toRoot + "\"password\":\"a new one\"}"))
                    .contains("\"status\":false");
            assertThat(send(web, token, "root", "{\"password\":\"a new one\"}")).contains("\"status\":false");
            assertThat(send(web, token, "email", toRoot + "\"email\":\"chief@example.com\"}"))
                    .contains("\"status\":false");
            assertThat(send(web, rootToken, "ban", toRoot + "\"ban\":true}")).contains("you cannot ban yourself");
            assertThat(send(web, rootToken, "admin", toRoot + "\"admin\":false}"))
                    .contains("\"status\":false");
            assertThat(found(node, root)).isEqualTo(root);
            assertThat(found(node, chief)).isEqualTo(chief);

            assertThat(send(web, rootToken, "email", toRoot + "\"email\":\"root@example.com\"}"))
                    .isEqualTo(OK);
            assertThat(send(web, rootToken, "admin", toChief + "\"admin\":false}"))
                    .isEqualTo(OK);
            assertThat(send(web, token, "ban", toRoot + "\"ban\":true}")).isEqualTo(DENIED);
        }
    }

    private static String send(WebApp web, String token, String route, String body) {
        return web.post("admin/user/" + route).as(token).json(body).send().text();
    }

    private static User found(Node node, User user) {
        return node.accounts().users().find(user.id()).orElseThrow();
    }
}
