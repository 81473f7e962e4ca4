package io.patchbay.billing.rest;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchbay.accounts.User;
import io.patchbay.billing.TokenUsage;
import io.patchbay.billing.ledger.PlanUnit;
import io.patchbay.billing.ledger.Reservation;
import io.patchbay.billing.ledger.Settlement;
import io.patchbay.billing.policy.BillingPolicy;
import io.patchbay.billing.price.PartPrices;
import io.patchbay.billing.price.Price;
import io.patchbay.billing.price.PriceRule;
import io.patchbay.billing.price.PriceTag;
import io.patchbay.billing.receipt.Receipts;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Receipts, refunds and the billing policy, as they leave the server. */
final class ReceiptResourcesTest {
    private static final TokenUsage USAGE =
            new TokenUsage(1_000, 500, new TokenUsage.Parts(400, 100, 200, 0, 0, 0, 0), false);

    @TempDir
    private Path folder;

    @Test
    void aReceiptShowsHowTheChargeWasComputed() {
        try (WebApp web = new WebApp(folder)) {
            User ann = web.user("ann");
            call(web, ann, "r1");

            assertThat(web.get(ann, "billing/charge/r1").text()).isEqualTo("""
                    {"status":true,"data":{"request_id":"r1","model":"m","state":"charged","paid_by":"credits",\
                    "held":3.6,"price":{"version":2,"group":"pro","multiplier":0.9,"at":"%s",\
                    "rule":{"id":1,"type":"token-billing","models":[],"input":1,"output":3,"anonymous":false,\
                    "cached_input":0.1,"cache_write":1.25,"reasoning":4}},\
                    "usage":{"input":1000,"output":500,"cached_input":400,"cache_write":100,"reasoning":200,\
                    "audio_input":0,"audio_output":0,"image_input":0,"image_output":0,"estimated":false},"units":1,\
                    "lines":[{"what":"cached_input","count":400,"price":0.1,"credits":0.0400},\
                    {"what":"cache_write","count":100,"price":1.25,"credits":0.12500},\
                    {"what":"input","count":500,"price":1,"credits":0.500},\
                    {"what":"reasoning","count":200,"price":4,"credits":0.800},\
                    {"what":"output","count":300,"price":3,"credits":0.900}],\
                    "computed":2.1285,"charged":2.1285,"written_off":0,"refunded":0,"agrees":true,"note":"",\
                    "at":"%s"}}""".formatted(
                    PRICED,
                    web.test.ledger().charge("r1").orElseThrow().outcome().at()));
        }
    }

    @Test
    void aReceiptStaysTheSameWhateverThePricesBecome() {
        try (WebApp web = new WebApp(folder)) {
            User ann = web.user("ann");
            call(web, ann, "r1");
            String before = web.get(ann, "billing/charge/r1").text();

            web.prices.delete(1);
            web.prices.setGroups(Map.of("pro", new BigDecimal("7")));

            assertThat(web.get(ann, "billing/charge/r1").text()).isEqualTo(before);
            assertThat(new Receipts(web.test.ledger(), web.prices).disagreements())
                    .isEmpty();
        }
    }

    @Test
    void aChargeThatDoesNotComputeIsFound() {
        try (WebApp web = new WebApp(folder)) {
            call(web, web.user("ann"), "r1");

            web.test.run("UPDATE ledger_entry SET usage_output = 501 WHERE request_id = 'r1'");

            assertThat(new Receipts(web.test.ledger(), web.prices).disagreements())
                    .containsExactly("r1");
        }
    }

    @Test
    void onlyItsUserAndAdministratorsSeeAReceipt() {
        try (WebApp web = new WebApp(folder)) {
            call(web, web.user("ann"), "r1");

            assertThat(web.get(web.user("bob"), "billing/charge/r1").status()).isEqualTo(404);
            assertThat(web.get(web.user("eve"), "billing/charge/r2").status()).isEqualTo(404);
            assertThat(web.get(web.admin("chief"), "billing/charge/r1").status())
                    .isEqualTo(200);
            assertThat(web.get(null, "billing/charge/r1").text()).contains("user not found");
        }
    }

    @Test
    void whatAPlanPaidCostsNothing() {
        try (WebApp web = new WebApp(folder)) {
            User ann = web.user("ann");
            Price price = price(web);
            web.test
                    .ledger()
                    .reserve(new Reservation(
                            "r1",
                            ann.id(),
                            1,
                            "m",
                            price.tag(),
                            new PlanUnit("chats", Instant.EPOCH, 5, false),
                            web.test.clock().instant()));
            web.test
                    .ledger()
                    .settle("r1", new Settlement(price.cost(USAGE), USAGE, ""))
                    .join();

            assertThat(web.get(ann, "billing/charge/r1").text())
                    .contains("\"paid_by\":\"chats\"", "\"lines\":[]", "\"charged\":0", "\"agrees\":true");
        }
    }

    @Test
    void aChargeIsGivenBackOnce() {
        try (WebApp web = new WebApp(folder)) {
            User ann = web.user("ann");
            User chief = web.admin("chief");
            call(web, ann, "r1");
            long used = web.test.ledger().balance(ann.id()).used();
            assertThat(used).isEqualTo(2_128_500);

            String refund = "{\"request_id\":\"r1\",\"reason\":\"the answer was wrong\"}";
            assertThat(web.post(chief, "admin/billing/refund", refund).text())
                    .isEqualTo("{\"status\":true,\"quota\":2.1285}");
            assertThat(web.post(chief, "admin/billing/refund", refund).text())
                    .isEqualTo("{\"status\":true,\"quota\":2.1285}");

            assertThat(web.test.ledger().balance(ann.id()).owned()).isEqualTo(100_000_000);
            assertThat(web.test.ledger().balance(ann.id()).used()).isZero();
            assertThat(web.get(ann, "billing/charge/r1").text()).contains("\"refunded\":2.1285");
            assertThat(web.test.violations()).isEmpty();
            assertThat(web.post(chief, "admin/billing/refund", "{\"request_id\":\"r9\"}")
                            .text())
                    .isEqualTo("{\"status\":false,\"error\":\"request r9 was not charged\"}");
            assertThat(web.post(chief, "admin/billing/refund", "{}").text()).contains("must name the request_id");
            assertThat(web.post(ann, "admin/billing/refund", refund).text()).contains("Access denied");
        }
    }

    @Test
    void thePolicyIsChangedByNameAndMistakesAreTold() {
        try (WebApp web = new WebApp(folder)) {
            User chief = web.admin("chief");
            assertThat(web.get(chief, "admin/billing/policy").text()).isEqualTo("""
                    {"status":true,"data":{"client_left":"charge","upstream_cut":"charge","empty":"free",\
                    "spent":"stop"}}""");

            assertThat(web.post(chief, "admin/billing/policy", "{\"client_left\":\"free\",\"spent\":\"go_on\"}")
                            .text())
                    .contains(
                            "\"client_left\":\"free\",\"upstream_cut\":\"charge\",\"empty\":\"free\",\"spent\":\"go_on\"");
            assertThat(web.policies.current().spent()).isEqualTo(BillingPolicy.Spent.GO_ON);

            assertThat(web.post(chief, "admin/billing/policy", "{\"spent\":\"perhaps\"}")
                            .text())
                    .contains("\"status\":false", "spent is stop or go_on");
            assertThat(web.policies.current().spent()).isEqualTo(BillingPolicy.Spent.GO_ON);
        }
    }

    private static final Instant PRICED = Instant.parse("2026-11-01T00:00:00Z");

    /** A call of 2.365 credits by the list, for a user of a group that pays nine tenths. */
    private static void call(WebApp web, User user, String request) {
        web.test.credit(user.id(), 100_000_000);
        Price price = price(web);
        web.test
                .ledger()
                .reserve(new Reservation(
                        request,
                        user.id(),
                        price.estimate(1_000, 1_000),
                        "m",
                        price.tag(),
                        null,
                        web.test.clock().instant()));
        web.test
                .ledger()
                .settle(request, new Settlement(price.cost(USAGE), USAGE, ""))
                .join();
    }

    private static Price price(WebApp web) {
        web.prices.set(new PriceRule(
                -1,
                "token-billing",
                List.of("m"),
                BigDecimal.ONE,
                BigDecimal.valueOf(3),
                false,
                new PartPrices(
                        new BigDecimal("0.1"), new BigDecimal("1.25"), BigDecimal.valueOf(4), null, null, null, null),
                null));
        web.prices.setGroups(Map.of("pro", new BigDecimal("0.9")));
        Price now = web.prices.find("m", "pro").orElseThrow();
        return new Price(now.rule(), new PriceTag(now.version(), "pro", PRICED), now.multiplier());
    }
}
