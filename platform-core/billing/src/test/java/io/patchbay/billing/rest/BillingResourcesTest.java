package io.patchbay.billing.rest;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchbay.accounts.AuditLog;
import io.patchbay.accounts.User;
import io.patchbay.billing.Billing;
import io.patchbay.billing.ledger.LedgerEntry;
import io.patchbay.billing.rest.WebApp.Answer;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class BillingResourcesTest {
    private static final String OK = "{\"status\":true,\"error\":\"\"}";

    @TempDir
    private Path folder;

    @Test
    void theQuotaIsPrintedExactly() {
        try (WebApp web = new WebApp(folder)) {
            User ann = web.user("ann");
            assertThat(web.get(ann, "quota")).isEqualTo(new Answer(200, "{\"status\":true,\"quota\":0}"));

            web.test.credit(ann.id(), 12_345_678);
            web.test.reserve("running", ann.id(), 1_000_000);
            assertThat(web.get(ann, "quota")).isEqualTo(new Answer(200, "{\"status\":true,\"quota\":12.345678}"));

            web.test.credit(ann.id(), 1_000_000_000_000_000L - 12_345_678);
            assertThat(web.get(ann, "quota").text()).isEqualTo("{\"status\":true,\"quota\":1000000000}");

            assertThat(web.get(null, "quota"))
                    .isEqualTo(new Answer(200, "{\"status\":false,\"error\":\"user not found\"}"));
        }
    }

    @Test
    void rulesAreAddedReplacedAndDeleted() {
        try (WebApp web = new WebApp(folder)) {
            User root = web.admin("chief");
            assertThat(web.get(root, "admin/charge/list").text()).isEqualTo("{\"status\":true,\"data\":[]}");

            assertThat(web.post(root, "admin/charge/set", """
                    {"id":-1,"type":"token-billing","models":["a","b"],"input":0.0000001,"output":10,"anonymous":false}""")).isEqualTo(new Answer(200, OK));
            assertThat(web.post(root, "admin/charge/set", """
                    {"id":-1,"type":"","models":["c"],"input":0,"output":0,"anonymous":true,"unset":false}""").text()).isEqualTo(OK);
            String rules = """
                    [{"id":1,"type":"token-billing","models":["a","b"],"input":0.0000001,"output":10,"anonymous":false},\
                    {"id":2,"type":"non-billing","models":["c"],"input":0,"output":0,"anonymous":true}]""";
            assertThat(web.get(root, "admin/charge/list").text()).isEqualTo("{\"status\":true,\"data\":" + rules + "}");
            assertThat(web.get(null, "charge").text()).isEqualTo(rules);

            assertThat(web.get(root, "admin/charge/delete/1").text()).isEqualTo(OK);
            assertThat(web.get(root, "admin/charge/delete/77").text()).isEqualTo(OK);
            assertThat(web.prices.rules()).extracting(rule -> rule.id()).containsExactly(2L);
            assertThat(web.accounts.audit().newest(Long.MAX_VALUE, 10))
                    .extracting(AuditLog.Entry::actor, AuditLog.Entry::action)
                    .contains(
                            org.assertj.core.groups.Tuple.tuple("chief", "price.set"),
                            org.assertj.core.groups.Tuple.tuple("chief", "price.delete"));
        }
    }

    @Test
    void mistakesInRulesAreTold() {
        try (WebApp web = new WebApp(folder)) {
            User root = web.admin("chief");

            for (String bad : new String[] {"", "{", "[]", "null", "{\"id\":\"x\"}"}) {
                Answer answer = web.post(root, "admin/charge/set", bad);
                assertThat(answer.status()).as(bad).isEqualTo(400);
                assertThat(answer.text()).as(bad).contains("\"status\":false").contains("\"error\":");
            }
            assertThat(web.post(root, "admin/charge/set", "{\"id\":-1,\"type\":\"monthly\",\"models\":[]}"))
                    .isEqualTo(new Answer(
                            200,
                            "{\"status\":false,\"error\":\"price type 'monthly' is unknown; it must be one of"
                                    + " non-billing, times-billing, token-billing\"}"));
            assertThat(web.post(root, "admin/charge/sync", "{\"data\":[{\"output\":1e9}]}"))
                    .isEqualTo(new Answer(
                            200, "{\"status\":false,\"error\":\"the output price must be at most 1000000 credits\"}"));
            assertThat(web.get(root, "admin/charge/delete/x").status()).isEqualTo(400);
            assertThat(web.prices.version()).isZero();
        }
    }

    @Test
    void listsOfOtherSitesAreTakenOver() {
        try (WebApp web = new WebApp(folder)) {
            User root = web.admin("chief");
            web.post(root, "admin/charge/sync", """
                    {"overwrite":false,"data":[{"id":9,"type":"times-billing","models":["a","b"],"input":0,"output":1}]}""");
            web.post(root, "admin/charge/sync", """
                    {"overwrite":false,"data":[{"id":9,"type":"times-billing","models":["b","c"],"input":0,"output":2}]}""");
            assertThat(web.post(root, "admin/charge/sync", """
                    {"overwrite":true,"data":[{"id":9,"type":"times-billing","models":["a"],"input":0,"output":3}]}""")).isEqualTo(new Answer(200, OK));

            assertThat(web.prices.rules())
                    .extracting(rule -> rule.id() + ":" + rule.models() + "=" + rule.output())
                    .containsExactly("1:[b]=1", "2:[c]=2", "3:[a]=3");
        }
    }

    @Test
    void usersAreListedWithTheirBalances() {
        try (WebApp web = new WebApp(folder)) {
            User root = web.admin("chief");
            User ann = web.user("ann");
            web.test.credit(ann.id(), 5_500_000);
            web.test.reserve("r", ann.id(), 2_000_000);
            web.test.settle("r", 1_250_000);

            assertThat(web.get(root, "admin/user/list?page=0&search=an").text())
                    .isEqualTo("{\"status\":true,\"total\":1,\"data\":[{\"id\":" + ann.id()
                            + ",\"username\":\"ann\",\"email\":\"ann@example.com\",\"is_admin\":false,\"quota\":4.25,"
                            + "\"used_quota\":1.25,\"expired_at\":\"\",\"is_subscribed\":false,\"total_month\":0,"
                            + "\"enterprise\":false,\"level\":0,\"is_banned\":false}],\"message\":\"\"}");
            for (int i = 0; i < 20; i++) {
                web.user("user" + i);
            }
            assertThat(web.get(root, "admin/user/list").text())
                    .contains("\"total\":3")
                    .contains("\"chief\"");
            assertThat(web.get(root, "admin/user/list?page=2").text())
                    .contains("user18")
                    .doesNotContain("user17");
            assertThat(web.get(root, "admin/user/list?page=x").text()).contains("\"chief\"");
            assertThat(web.get(root, "admin/user/list?page=-1").text()).contains("\"chief\"");
            assertThat(web.get(root, "admin/user/list?page=99999999999999").text())
                    .isEqualTo("{\"status\":true,\"total\":3,\"data\":[],\"message\":\"\"}");
            assertThat(Billing.figures(web.parts).of(ann.id()).usedQuota()).isEqualByComparingTo("1.25");
        }
    }

    @Test
    void balancesAreChangedAndEveryChangeIsWrittenDown() {
        try (WebApp web = new WebApp(folder)) {
            User root = web.admin("chief");
            User ann = web.user("ann");
            String done = "{\"status\":true}";

            assertThat(change(web, root, ann, "10.5", "false")).isEqualTo(done);
            assertThat(change(web, root, ann, "-20", "false")).isEqualTo(done);
            assertThat(change(web, root, ann, "0.30000000000000004", "true")).isEqualTo(done);
            assertThat(change(web, root, ann, "0", "true")).isEqualTo(done);

            List<LedgerEntry> entries = web.test.ledger().entries(ann.id(), Long.MAX_VALUE, 10);
            assertThat(entries)
                    .extracting(LedgerEntry::balanceAfter)
                    .containsExactly(0L, 300_000L, -9_500_000L, 10_500_000L);
            assertThat(entries).extracting(LedgerEntry::actor).containsOnly(root.id() + ":chief");
            assertThat(web.accounts.audit().newest(Long.MAX_VALUE, 10))
                    .filteredOn(entry -> entry.action().equals("user.quota"))
                    .extracting(AuditLog.Entry::detail)
                    .containsExactly("set to 0", "set to 0.3", "add -20", "add 10.5");
            assertThat(web.test.violations()).isEmpty();
        }
    }

    @Test
    void changesThatCannotBeMadeAreRefused() {
        try (WebApp web = new WebApp(folder)) {
            User root = web.admin("chief");
            User ann = web.user("ann");

            assertThat(change(web, root, ann, "1e10", "false"))
                    .isEqualTo("{\"status\":false,\"message\":\"an amount of credits must lie between -1000000000 and"
                            + " 1000000000\"}");
            assertThat(change(web, root, ann, "null", "false"))
                    .isEqualTo("{\"status\":false,\"message\":\"bad request\"}");
            assertThat(web.post(root, "admin/user/quota", "{\"id\":999,\"quota\":1}")
                            .text())
                    .isEqualTo("{\"status\":false,\"message\":\"user not found\"}");
            assertThat(web.post(root, "admin/user/quota", "{").text())
                    .isEqualTo("{\"status\":false,\"message\":\"bad request\"}");
            assertThat(web.test.ledger().entries(ann.id(), Long.MAX_VALUE, 10)).isEmpty();
        }
    }

    @Test
    void administrationIsForAdministrators() {
        try (WebApp web = new WebApp(folder)) {
            User ann = web.user("ann");
            for (String path : new String[] {"admin/charge/list", "admin/charge/delete/1", "admin/user/list"}) {
                assertThat(web.get(ann, path).status()).as(path).isEqualTo(401);
                assertThat(web.get(null, path).status()).as(path).isEqualTo(401);
            }
            for (String path : new String[] {"admin/charge/set", "admin/charge/sync", "admin/user/quota"}) {
                assertThat(web.post(ann, path, "{}").status()).as(path).isEqualTo(401);
            }
        }
    }

    private static String change(WebApp web, User root, User user, String quota, String override) {
        return web.post(
                        root,
                        "admin/user/quota",
                        "{\"id\":%d,\"quota\":%s,\"override\":%s}".formatted(user.id(), quota, override))
                .text();
    }
}
