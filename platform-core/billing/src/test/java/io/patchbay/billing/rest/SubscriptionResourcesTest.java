package io.patchbay.billing.rest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.patchbay.accounts.AuditLog;
import io.patchbay.accounts.User;
import io.patchbay.billing.Billing;
import io.patchbay.billing.ledger.LedgerEntry;
import io.patchbay.billing.ledger.PlanUnit;
import io.patchbay.billing.ledger.Reservation;
import io.patchbay.billing.price.PriceTag;
import io.patchbay.billing.rest.WebApp.Answer;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class SubscriptionResourcesTest {
    private static final String DONE = "{\"status\":true,\"error\":\"success\"}";
    private static final String OK = "{\"status\":true}";
    private static final String BASIC = """
            {"level":1,"price":10,"items":[{"id":"chat","name":"Chat","icon":"bolt","value":3,"models":["gpt-4o"]},\
            {"id":"endless","name":"","icon":"","value":-1,"models":["small"]}],"discounts":{"12":0.75}}""";
    private static final String PRO = "{\"level\":3,\"price\":40,\"items\":[],\"discounts\":{}}";
    private static final String SITE =
            "{\"enabled\":true,\"plans\":[" + BASIC + "," + PRO + "],\"relay_plan\":true,\"zone\":\"Europe/Berlin\"}";
    private static final String NOTHING = """
            {"status":true,"level":0,"is_subscribed":false,"enterprise":false,"expired":0,\
            "expired_at":"1970-01-01 00:00:00","refresh":0,"refresh_at":"1970-01-01 00:00:00","usage":{}}""";

    @TempDir
    private Path folder;

    @Test
    void plansAreSetSeenAndOffered() {
        try (WebApp web = new WebApp(folder)) {
            User root = web.admin("chief");
            assertThat(web.get(root, "admin/plan/view"))
                    .isEqualTo(
                            new Answer(200, "{\"enabled\":false,\"plans\":[],\"relay_plan\":false,\"zone\":\"UTC\"}"));
            assertThat(web.get(null, "plans")).isEqualTo(new Answer(200, "[]"));

            assertThat(web.post(root, "admin/plan/update", SITE))
                    .isEqualTo(new Answer(200, "{\"status\":true,\"error\":\"\"}"));

            assertThat(web.get(root, "admin/plan/view").text()).isEqualTo(SITE);
            assertThat(web.get(null, "plans").text()).isEqualTo("[" + BASIC + "," + PRO + "]");
            assertThat(web.accounts.audit().newest(Long.MAX_VALUE, 1))
                    .extracting(AuditLog.Entry::actor, AuditLog.Entry::action, AuditLog.Entry::detail)
                    .containsExactly(tuple(
                            "chief",
                            "plan.update",
                            "on, also for API keys, months in Europe/Berlin:"
                                    + " level 1 for 10 with 2 items; level 3 for 40 with 0 items"));

            // A client of the original does not know the last two members.
            assertThat(web.post(root, "admin/plan/update", "{\"enabled\":false,\"plans\":[" + BASIC + "]}")
                            .text())
                    .isEqualTo("{\"status\":true,\"error\":\"\"}");
            assertThat(web.get(root, "admin/plan/view").text())
                    .isEqualTo("{\"enabled\":false,\"plans\":[" + BASIC
                            + "],\"relay_plan\":true,\"zone\":\"Europe/Berlin\"}");
            assertThat(web.get(null, "plans").text()).as("switched off").isEqualTo("[]");
        }
    }

    @Test
    void mistakesInPlansAreTold() {
        try (WebApp web = new WebApp(folder)) {
            User root = web.admin("chief");
            web.post(root, "admin/plan/update", SITE);

            for (String bad :
                    new String[] {"", "{", "[]", "null", "{\"enabled\":\"perhaps\"}", "{\"plans\":[{\"level\":\"x\"}]}"
                    }) {
                Answer answer = web.post(root, "admin/plan/update", bad);
                assertThat(answer.status()).as(bad).isEqualTo(400);
                assertThat(answer.text())
                        .as(bad)
                        .contains("\"status\":false")
                        .contains("\"error\":\"the body is not the JSON expected\"");
            }
            refusedPlans(web, root, "{\"plans\":[null]}", "one of the plans is null");
            refusedPlans(web, root, "{\"plans\":[{\"level\":4}]}", "the level of a plan must be 1, 2 or 3, is 4");
            refusedPlans(
                    web,
                    root,
                    "{\"plans\":[{\"level\":1,\"items\":[{\"id\":\"a\",\"value\":-2}]}]}",
                    "the item 'a' must have a value of -1 (unlimited) or more, has -2");
            refusedPlans(web, root, "{\"plans\":[{\"level\":1},{\"level\":1}]}", "two plans have the same level");
            refusedPlans(
                    web,
                    root,
                    "{\"zone\":\"Mars\"}",
                    "the time zone must be a name such as UTC or Asia/Shanghai, is 'Mars'");
            assertThat(web.get(root, "admin/plan/view").text()).isEqualTo(SITE);
        }
    }

    private static void refusedPlans(WebApp web, User root, String json, String sentence) {
        assertThat(web.post(root, "admin/plan/update", json))
                .isEqualTo(new Answer(200, "{\"status\":false,\"error\":\"" + sentence + "\"}"));
    }

    @Test
    void theOwnPlanIsShownAsTheOriginalDoes() {
        try (WebApp web = new WebApp(folder)) {
            User ann = web.user("ann");
            web.post(web.admin("chief"), "admin/plan/update", SITE);
            assertThat(web.get(ann, "subscription").text())
                    .as("never subscribed")
                    .isEqualTo(NOTHING.replace("\"expired\":0", "\"expired\":-21916"));

            web.test.credit(ann.id(), 300_000_000);
            Instant now = Instant.parse("2030-01-01T13:00:00Z");
            web.test.clock().advance(Duration.between(web.test.clock().instant(), now.minusSeconds(10)));
            assertThat(web.post(ann, "subscribe", "{\"level\":1,\"month\":2}").text())
                    .isEqualTo(DONE);
            web.test
                    .ledger()
                    .reserve(new Reservation(
                            "r",
                            ann.id(),
                            0,
                            "gpt-4o",
                            new PriceTag(0, "", now),
                            web.plans.unit(ann.id(), "gpt-4o", false).orElseThrow(),
                            now));
            web.test.clock().advance(Duration.ofDays(3));

            assertThat(web.get(ann, "subscription")).isEqualTo(new Answer(200, """
                    {"status":true,"level":1,"is_subscribed":true,"enterprise":false,"expired":56,\
                    "expired_at":"2030-03-01 13:00:00","refresh":28,"refresh_at":"2030-02-01 13:00:00",\
                    "usage":{"chat":{"used":1,"total":3},"endless":{"used":0,"total":-1}}}"""));
            assertThat(Billing.figures(web.parts).of(ann.id()).planMonths()).isEqualTo(2);

            web.test.clock().advance(Duration.ofDays(60));
            assertThat(web.get(ann, "subscription").text())
                    .as("ended")
                    .isEqualTo(NOTHING.replace("\"expired\":0", "\"expired\":-4")
                            .replace(
                                    "\"expired_at\":\"1970-01-01 00:00:00\"",
                                    "\"expired_at\":\"2030-03-01 13:00:00\""));
            assertThat(web.test.violations()).isEmpty();
        }
    }

    @Test
    void withoutPlansTheAnswerIsOneDocument() {
        try (WebApp web = new WebApp(folder)) {
            User ann = web.user("ann");

            assertThat(web.get(ann, "subscription")).isEqualTo(new Answer(200, NOTHING));
            assertThat(web.post(ann, "subscribe", "{\"level\":1,\"month\":1}").text())
                    .isEqualTo("{\"status\":false,\"error\":\"subscription feature does not enable of this site\"}");
            assertThat(web.get(ann, "subscription/quote?level=1&month=1").text())
                    .isEqualTo("{\"status\":false,\"error\":\"subscription feature does not enable of this site\"}");
        }
    }

    @Test
    void aPlanWithoutItemsHasNothingToBeginAnew() {
        try (WebApp web = new WebApp(folder)) {
            User ann = web.user("ann");
            web.post(web.admin("chief"), "admin/plan/update", SITE);
            web.test.credit(ann.id(), 400_000_000);
            web.post(ann, "subscribe", "{\"level\":3,\"month\":1}");

            assertThat(web.get(ann, "subscription").text())
                    .contains("\"level\":3,\"is_subscribed\":true", "\"expired\":31,")
                    .contains("\"refresh\":0,\"refresh_at\":\"1970-01-01 00:00:00\",\"usage\":{}");
        }
    }

    @Test
    void whatCannotBeBoughtIsRefusedWithTheKnownSentences() {
        try (WebApp web = new WebApp(folder)) {
            User ann = web.user("ann");
            web.post(web.admin("chief"), "admin/plan/update", SITE);

            String[][] wishes = {
                {"{\"level\":1,\"month\":0}", "invalid month range (1 ~ 999)"},
                {"{\"level\":1}", "invalid month range (1 ~ 999)"},
                {"{\"level\":9,\"month\":1000}", "invalid month range (1 ~ 999)"},
                {"{\"month\":1}", "invalid subscription params"},
                {"{\"level\":4,\"month\":1}", "invalid subscription params"},
                {"{\"level\":-1,\"month\":1}", "invalid subscription params"},
                {"{\"level\":2,\"month\":1}", "invalid plan level"},
                {"{\"level\":1,\"month\":1}", "not enough money"},
                {"{\"level\":\"x\"}", "bad request"},
                {"null", "bad request"},
                {"", "bad request"},
            };
            for (String[] wish : wishes) {
                assertThat(web.post(ann, "subscribe", wish[0]))
                        .as(wish[0])
                        .isEqualTo(new Answer(200, "{\"status\":false,\"error\":\"" + wish[1] + "\"}"));
            }
            assertThat(web.test.ledger().entries(ann.id(), Long.MAX_VALUE, 10)).isEmpty();
        }
    }

    @Test
    void theQuoteIsWhatIsThenPaid() {
        try (WebApp web = new WebApp(folder)) {
            User ann = web.user("ann");
            web.post(web.admin("chief"), "admin/plan/update", SITE);
            web.test.credit(ann.id(), 1_000_500_000);

            assertThat(web.get(ann, "subscription/quote?level=1&month=12").text())
                    .isEqualTo("{\"status\":true,\"price\":900}");
            assertThat(web.get(ann, "subscription/quote?level=3&month=36").text())
                    .isEqualTo("{\"status\":true,\"price\":10080}");
            assertThat(web.get(ann, "subscription/quote?level=2&month=1").text())
                    .isEqualTo("{\"status\":false,\"error\":\"invalid plan level\"}");
            assertThat(web.get(ann, "subscription/quote?level=x&month=1").text())
                    .isEqualTo("{\"status\":false,\"error\":\"invalid subscription params\"}");
            assertThat(web.get(ann, "subscription/quote").text())
                    .isEqualTo("{\"status\":false,\"error\":\"invalid month range (1 ~ 999)\"}");

            assertThat(web.post(ann, "subscribe", "{\"level\":1,\"month\":12}").text())
                    .isEqualTo(DONE);
            assertThat(web.get(ann, "quota").text()).isEqualTo("{\"status\":true,\"quota\":100.5}");
            assertThat(web.test.ledger().entries(ann.id(), Long.MAX_VALUE, 1))
                    .extracting(LedgerEntry::kind, LedgerEntry::actor)
                    .containsExactly(tuple(LedgerEntry.Kind.PLAN, ann.id() + ":ann"));
            assertThat(web.test.violations()).isEmpty();
        }
    }

    @Test
    void creditsCannotBeBoughtForMoneyYet() {
        try (WebApp web = new WebApp(folder)) {
            User ann = web.user("ann");
            for (String bad : new String[] {"{\"quota\":0}", "{}", "{\"quota\":-1}", "{\"quota\":100000}"}) {
                assertThat(web.post(ann, "buy", bad).text())
                        .as(bad)
                        .isEqualTo("{\"status\":false,\"error\":\"invalid quota range (1 ~ 99999)\"}");
            }
            assertThat(web.post(ann, "buy", "{\"quota\":99999}").text())
                    .isEqualTo("{\"status\":false,\"error\":\"cannot find payment provider\"}");
            assertThat(web.post(ann, "buy", "{").text()).isEqualTo("{\"status\":false,\"error\":\"bad request\"}");
            assertThat(web.get(ann, "quota").text()).isEqualTo("{\"status\":true,\"quota\":0}");
        }
    }

    @Test
    void whoHasNotSignedInIsRefused() {
        try (WebApp web = new WebApp(folder)) {
            Answer refused = new Answer(200, "{\"status\":false,\"error\":\"user not found\"}");
            assertThat(web.get(null, "subscription")).isEqualTo(refused);
            assertThat(web.get(null, "subscription/quote?level=1&month=1")).isEqualTo(refused);
            assertThat(web.post(null, "subscribe", "{\"level\":1,\"month\":1}")).isEqualTo(refused);
            assertThat(web.post(null, "buy", "{\"quota\":1}")).isEqualTo(refused);
            User ann = web.user("ann");
            assertThat(web.get(ann, "admin/plan/view").status()).isEqualTo(401);
            for (String path : new String[] {
                "admin/plan/update", "admin/user/subscription", "admin/user/level", "admin/user/release"
            }) {
                assertThat(web.post(ann, path, "{}").status()).as(path).isEqualTo(401);
                assertThat(web.post(null, path, "{}").status()).as(path).isEqualTo(401);
            }
        }
    }

    @Test
    void administratorsChangePlansOfUsers() {
        try (WebApp web = new WebApp(folder)) {
            User root = web.admin("chief");
            User ann = web.user("ann");
            web.post(root, "admin/plan/update", SITE);

            assertThat(operation(web, root, "subscription", "{\"id\":%d,\"expired\":\"2030-06-30 23:59:59\"}", ann))
                    .isEqualTo(OK);
            assertThat(web.get(root, "admin/user/list?search=ann").text())
                    .contains("\"expired_at\":\"2030-06-30 23:59:59\",\"is_subscribed\":true,\"total_month\":0,"
                            + "\"enterprise\":false,\"level\":1,");
            assertThat(web.plans.group(ann.id())).isEqualTo("basic");
            take(web, ann, "r");
            assertThat(web.plans.usage(ann.id()).get("chat").used()).isEqualTo(1);
            web.test.settle("r", 0);
            assertThat(operation(web, root, "release", "{\"id\":%d}", ann)).isEqualTo(OK);
            assertThat(web.plans.usage(ann.id()).get("chat").used()).isZero();
            assertThat(operation(web, root, "level", "{\"id\":%d,\"level\":3}", ann))
                    .isEqualTo(OK);
            assertThat(web.plans.group(ann.id())).isEqualTo("pro");
            assertThat(operation(web, root, "subscription", "{\"id\":%d,\"expired\":\"2029-12-31T00:00:00Z\"}", ann))
                    .isEqualTo(OK);
            assertThat(web.get(root, "admin/user/list?search=ann").text())
                    .as("the stored level stays")
                    .contains("\"expired_at\":\"2029-12-31 00:00:00\",\"is_subscribed\":false,\"total_month\":0,"
                            + "\"enterprise\":false,\"level\":3,");

            assertThat(web.test.ledger().entries(ann.id(), Long.MAX_VALUE, 10))
                    .filteredOn(line -> line.kind() == LedgerEntry.Kind.PLAN)
                    .hasSize(4)
                    .extracting(LedgerEntry::actor)
                    .containsOnly(root.id() + ":chief");
            assertThat(web.accounts.audit().newest(Long.MAX_VALUE, 4))
                    .extracting(entry -> entry.action() + " " + entry.subject() + " " + entry.detail())
                    .containsExactly(
                            "user.subscription user %d until 2029-12-31 00:00:00".formatted(ann.id()),
                            "user.level user %d level 3".formatted(ann.id()),
                            "user.release user %d ".formatted(ann.id()),
                            "user.subscription user %d until 2030-06-30 23:59:59".formatted(ann.id()));
            assertThat(web.test.violations()).isEmpty();
        }
    }

    @Test
    void operationsThatCannotBeDoneAreRefused() {
        try (WebApp web = new WebApp(folder)) {
            User root = web.admin("chief");
            User ann = web.user("ann");

            String[][] operations = {
                {"level", "{\"id\":%d,\"level\":4}", "invalid subscription level"},
                {"level", "{\"id\":%d,\"level\":-1}", "invalid subscription level"},
                {"level", "{\"id\":%d}", "bad request"},
                {"level", "{\"level\":1}", "bad request"},
                {"level", "{\"id\":99999,\"level\":1}", "user not found"},
                {"level", "{", "bad request"},
                {"release", "{\"id\":%d}", "user is not subscribed"},
                {
                    "subscription",
                    "{\"id\":%d,\"expired\":\"tomorrow\"}",
                    "expired must be YYYY-MM-DD HH:MM:SS in UTC, or an RFC 3339 time, is 'tomorrow'"
                },
                {
                    "subscription",
                    "{\"id\":%d,\"expired\":\"2030-02-30 00:00:00\"}",
                    "expired must be YYYY-MM-DD HH:MM:SS in UTC, or an RFC 3339 time, is '2030-02-30 00:00:00'"
                },
                {"subscription", "{\"id\":%d}", "expired must be YYYY-MM-DD HH:MM:SS in UTC, or an RFC 3339 time, is ''"
                },
                {
                    "subscription",
                    "{\"id\":%d,\"expired\":\"1969-12-31 23:59:59\"}",
                    "expired must lie between 1970-01-01 00:00:00 and 9999-12-31 23:59:59, is 1969-12-31 23:59:59"
                },
            };
            for (String[] operation : operations) {
                assertThat(operation(web, root, operation[0], operation[1], ann))
                        .as("%s %s", operation[0], operation[1])
                        .isEqualTo("{\"status\":false,\"message\":\"" + operation[2] + "\"}");
            }
            assertThat(web.test.number("SELECT COUNT(*) FROM plan_subscription"))
                    .isZero();
            assertThat(web.test.ledger().entries(ann.id(), Long.MAX_VALUE, 10)).isEmpty();
        }
    }

    private static void take(WebApp web, User user, String request) {
        Instant now = web.test.clock().instant();
        PlanUnit unit = web.plans.unit(user.id(), "gpt-4o", true).orElseThrow();
        web.test
                .ledger()
                .reserve(new Reservation(request, user.id(), 0, "gpt-4o", new PriceTag(0, "", now), unit, now));
    }

    private static String operation(WebApp web, User root, String route, String body, User user) {
        return web.post(root, "admin/user/" + route, body.contains("%d") ? body.formatted(user.id()) : body)
                .text();
    }
}
