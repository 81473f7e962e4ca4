package io.patchbay.billing.rest;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.patchbay.accounts.AuditLog;
import io.patchbay.accounts.User;
import io.patchbay.billing.price.source.PriceSource;
import io.patchbay.billing.rest.WebApp.Answer;
import io.patchbay.foundation.json.Json;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What helps to set prices: templates, other sites, previews, groups and versions. */
final class PriceResourcesTest {
    private static final String OK = "{\"status\":true,\"error\":\"\"}";

    @TempDir
    private Path folder;

    @Test
    void listPricesComeInCreditsWithWhereTheyAreFrom() throws Exception {
        try (WebApp web = new WebApp(folder)) {
            User root = web.admin("chief");

            JsonNode answer = json(web.get(root, "admin/charge/templates?rate=10&vendor=openai"));

            assertThat(answer.path("status").asBoolean()).isTrue();
            JsonNode rule = answer.path("data")
                    .valueStream()
                    .filter(one -> one.path("models").toString().contains("\"gpt-4o\""))
                    .findFirst()
                    .orElseThrow();
            assertThat(rule.path("type").asText()).isEqualTo("token-billing");
            assertThat(rule.path("input").decimalValue()).isEqualByComparingTo("0.25");
            assertThat(rule.path("cached_input").decimalValue()).isEqualByComparingTo("0.125");
            assertThat(rule.has("cache_write")).isFalse();
            assertThat(answer.path("vendors").findValuesAsText("vendor")).contains("openai", "anthropic", "qwen");
            assertThat(answer.path("vendors").get(0).path("as_of").asText()).matches("20\\d\\d-\\d\\d");
            assertThat(answer.path("as_of").asText()).matches("20\\d\\d-\\d\\d");
            assertThat(json(web.get(root, "admin/charge/templates"))
                            .path("data")
                            .size())
                    .isGreaterThan(100);
            assertThat(web.get(root, "admin/charge/templates?rate=0").text())
                    .startsWith("{\"status\":false,\"error\":\"the rate of the dollar must be above 0, at most 1000");
            assertThat(web.prices.version()).isZero();
        }
    }

    @Test
    void theListPricesCanBeTakenOverAsTheyCome() throws Exception {
        try (WebApp web = new WebApp(folder)) {
            User root = web.admin("chief");
            String data =
                    json(web.get(root, "admin/charge/templates")).path("data").toString();

            JsonNode preview =
                    json(web.post(root, "admin/charge/preview", "{\"overwrite\":true,\"data\":" + data + "}"));
            assertThat(web.post(root, "admin/charge/sync", "{\"overwrite\":true,\"data\":" + data + "}"))
                    .isEqualTo(new Answer(200, OK));

            assertThat(preview.path("data").path("added").size())
                    .isEqualTo(preview.path("data").path("affected").asInt())
                    .isEqualTo(web.prices.rules().stream()
                            .mapToInt(rule -> rule.models().size())
                            .sum());
            assertThat(Json.mapper().readTree(Json.write(web.prices.rules())))
                    .isEqualTo(Json.mapper().readTree(data));
        }
    }

    @Test
    void aPreviewTellsTheChangesAndMakesNone() {
        try (WebApp web = new WebApp(folder)) {
            User root = web.admin("chief");
            web.post(root, "admin/charge/sync", """
                    {"data":[{"type":"times-billing","models":["a","b"],"output":1}]}""");
            String incoming = """
                    "data":[{"id":9,"type":"times-billing","models":["b","c"],"input":0,"output":2}]}""";

            assertThat(web.post(root, "admin/charge/preview", "{\"overwrite\":true," + incoming))
                    .isEqualTo(new Answer(
                            200,
                            "{\"status\":true,\"data\":{\"added\":[{\"model\":\"c\",\"after\":" + charge("c", 2)
                                    + "}],\"changed\":[{\"model\":\"b\",\"before\":" + charge("b", 1) + ",\"after\":"
                                    + charge("b", 2) + "}],\"removed\":[],\"unchanged\":1,\"affected\":2}}"));
            assertThat(web.post(root, "admin/charge/preview", "{\"overwrite\":false," + incoming)
                            .text())
                    .isEqualTo("{\"status\":true,\"data\":{\"added\":[{\"model\":\"c\",\"after\":" + charge("c", 2)
                            + "}],\"changed\":[],\"removed\":[],\"unchanged\":2,\"affected\":1}}");
            assertThat(web.prices.version()).isEqualTo(1);
            assertThat(web.post(root, "admin/charge/preview", "{").status()).isEqualTo(400);
            assertThat(web.post(root, "admin/charge/preview", "{\"data\":[null]}")
                            .text())
                    .isEqualTo("{\"status\":false,\"error\":\"a price rule is null; leave it out\"}");
            assertThat(web.post(root, "admin/charge/sync", "{\"data\":[null]}").text())
                    .isEqualTo("{\"status\":false,\"error\":\"a price rule is null; leave it out\"}");
        }
    }

    @Test
    void groupsAreSetAndWrittenDown() {
        try (WebApp web = new WebApp(folder)) {
            User root = web.admin("chief");
            String known = ",\"known\":[\"anonymous\",\"normal\",\"basic\",\"standard\",\"pro\"]}";
            assertThat(web.get(root, "admin/charge/groups").text()).isEqualTo("{\"status\":true,\"data\":{}" + known);

            assertThat(web.post(root, "admin/charge/groups", "{\"data\":{\"vip\":1.50,\"pro\":0.8}}"))
                    .isEqualTo(new Answer(200, OK));

            assertThat(web.get(root, "admin/charge/groups").text())
                    .isEqualTo("{\"status\":true,\"data\":{\"pro\":0.8,\"vip\":1.5}" + known);
            assertThat(audit(web, "price.groups")).containsExactly("pro × 0.8, vip × 1.5");
            assertThat(web.post(root, "admin/charge/groups", "{\"data\":{\"pro\":-1}}")
                            .text())
                    .isEqualTo("{\"status\":false,\"error\":\"the multiplier of the group 'pro' must lie between 0 and"
                            + " 1000, is -1\"}");
            assertThat(web.post(root, "admin/charge/groups", "{\"data\":{\"pro\":null}}")
                            .text())
                    .contains("must lie between 0 and 1000, is null");
            for (String bad : new String[] {"", "{}", "[]", "{\"data\":{\"pro\":\"x\"}}"}) {
                assertThat(web.post(root, "admin/charge/groups", bad).status())
                        .as(bad)
                        .isEqualTo(400);
            }
            assertThat(web.prices.groups()).containsOnlyKeys("pro", "vip");
            web.post(root, "admin/charge/groups", "{\"data\":{}}");
            assertThat(web.prices.groups()).isEmpty();
        }
    }

    @Test
    void versionsAreListedLookedAtAndBroughtBack() {
        try (WebApp web = new WebApp(folder)) {
            User root = web.admin("chief");
            assertThat(web.get(root, "admin/charge/versions").text())
                    .isEqualTo("{\"status\":true,\"total\":0,\"data\":[]}");
            web.post(
                    root, "admin/charge/set", "{\"id\":-1,\"type\":\"times-billing\",\"models\":[\"a\"],\"output\":1}");
            web.post(root, "admin/charge/groups", "{\"data\":{\"pro\":0.5}}");

            assertThat(web.get(root, "admin/charge/versions?page=0").text())
                    .matches("\\{\"status\":true,\"total\":1,\"data\":\\["
                            + "\\{\"version\":2,\"created_at\":\"2030-[^\"]+Z\",\"rules\":1,\"groups\":\\{\"pro\":0.5},"
                            + "\"current\":true},"
                            + "\\{\"version\":1,\"created_at\":\"2030-[^\"]+Z\",\"rules\":1,\"groups\":\\{},"
                            + "\"current\":false}]}");
            assertThat(web.get(root, "admin/charge/versions?page=1").text())
                    .isEqualTo("{\"status\":true,\"total\":1,\"data\":[]}");
            assertThat(web.get(root, "admin/charge/versions?page=-5").text()).contains("\"version\":2");
            assertThat(web.get(root, "admin/charge/versions/1").text())
                    .matches("\\{\"status\":true,\"data\":\\{\"version\":1,\"created_at\":\"[^\"]+\",\"rules\":\\["
                            + "\\{\"id\":1,\"type\":\"times-billing\",\"models\":\\[\"a\"],\"input\":0,\"output\":1,"
                            + "\"anonymous\":false}],\"groups\":\\{}}}");

            assertThat(web.post(root, "admin/charge/versions/1/restore", "")).isEqualTo(new Answer(200, OK));
            assertThat(web.prices.version()).isEqualTo(3);
            assertThat(web.prices.groups()).isEmpty();
            assertThat(audit(web, "price.restore")).containsExactly("version 1");

            String unknown = "{\"status\":false,\"error\":\"price version not found\"}";
            assertThat(web.get(root, "admin/charge/versions/99").text()).isEqualTo(unknown);
            assertThat(web.get(root, "admin/charge/versions/x").text()).isEqualTo(unknown);
            assertThat(web.post(root, "admin/charge/versions/99/restore", "").text())
                    .isEqualTo(unknown);
            for (int i = 0; i < 9; i++) {
                web.post(root, "admin/charge/groups", "{\"data\":{\"pro\":0.%d}}".formatted(i + 1));
            }
            assertThat(web.get(root, "admin/charge/versions").text()).startsWith("{\"status\":true,\"total\":2,");
            assertThat(web.get(root, "admin/charge/versions?page=1").text())
                    .contains("\"version\":2,", "\"version\":1,")
                    .doesNotContain("\"version\":3,");
        }
    }

    @Test
    void pricesOfOtherSitesAreFetchedAndStoredNowhere() {
        PriceSource sites = (address, maxBytes, timeout) -> switch (address.toString()) {
            case "https://same.example.com/api/v1/charge" -> fetched(200, "[" + charge("a", 3) + "]");
            case "https://new.example.com/api/pricing" ->
                fetched(
                        200,
                        "{\"success\":true,\"data\":[{\"model_name\":\"m\",\"quota_type\":1,\"model_price\":0.5}]}");
            case "https://broken.example.com/api/pricing" -> fetched(200, "{\"secret\":1}");
            default -> throw new PriceSource.Unfetched("could not be reached");
        };
        try (WebApp web = new WebApp(folder, sites)) {
            User root = web.admin("chief");

            assertThat(fetch(web, root, "same.example.com", "\"\""))
                    .isEqualTo("{\"status\":true,\"data\":[" + charge("a", 3) + "]}");
            assertThat(fetch(web, root, "https://new.example.com/", "\"newapi\",\"rate\":2"))
                    .isEqualTo("{\"status\":true,\"data\":[{\"id\":1,\"type\":\"times-billing\",\"models\":[\"m\"],"
                            + "\"input\":0,\"output\":10,\"anonymous\":false}]}");
            assertThat(fetch(web, root, "https://gone.example.com", "null"))
                    .isEqualTo("{\"status\":false,\"error\":\"https://gone.example.com/api/v1/charge could not be"
                            + " reached\"}");
            assertThat(fetch(web, root, "https://broken.example.com", "\"newapi\""))
                    .contains("\"status\":false", "https://broken.example.com/api/pricing ")
                    .doesNotContain("secret");
            assertThat(fetch(web, root, "https://new.example.com", "\"newapi\",\"rate\":0"))
                    .contains("the rate of the dollar must be above 0");
            assertThat(fetch(web, root, " ", "\"\""))
                    .isEqualTo("{\"status\":false,\"error\":\"the address of the site is missing\"}");
            assertThat(web.post(root, "admin/charge/fetch", "{").status()).isEqualTo(400);
            assertThat(web.prices.version()).isZero();
            assertThat(audit(web, "price.fetch")).contains("same.example.com", "https://gone.example.com");
        }
    }

    @Test
    void allOfItIsForAdministrators() {
        try (WebApp web = new WebApp(folder)) {
            User ann = web.user("ann");
            for (String path : new String[] {"templates", "groups", "versions", "versions/1"}) {
                assertThat(web.get(ann, "admin/charge/" + path).status())
                        .as(path)
                        .isEqualTo(401);
                assertThat(web.get(null, "admin/charge/" + path).status())
                        .as(path)
                        .isEqualTo(401);
            }
            for (String path : new String[] {"fetch", "preview", "groups", "versions/1/restore"}) {
                assertThat(web.post(ann, "admin/charge/" + path, "{}").status())
                        .as(path)
                        .isEqualTo(401);
            }
        }
    }

    private static String fetch(WebApp web, User root, String endpoint, String system) {
        return web.post(root, "admin/charge/fetch", "{\"endpoint\":\"%s\",\"system\":%s}".formatted(endpoint, system))
                .text();
    }

    private static PriceSource.Fetched fetched(int status, String body) {
        return new PriceSource.Fetched(status, body.getBytes(StandardCharsets.UTF_8));
    }

    private static String charge(String model, int output) {
        return "{\"id\":0,\"type\":\"times-billing\",\"models\":[\"%s\"],\"input\":0,\"output\":%d,\"anonymous\":false}"
                .formatted(model, output);
    }

    private static List<String> audit(WebApp web, String action) {
        return web.accounts.audit().newest(Long.MAX_VALUE, 50).stream()
                .filter(entry -> entry.action().equals(action))
                .map(AuditLog.Entry::detail)
                .toList();
    }

    private static JsonNode json(Answer answer) throws Exception {
        assertThat(answer.status()).isEqualTo(200);
        return Json.mapper().readTree(answer.text());
    }
}
