package io.patchbay.billing.plan;

import static io.patchbay.billing.plan.PlanShop.ANN;
import static io.patchbay.billing.plan.PlanShop.SITE;
import static io.patchbay.billing.plan.PlanShop.USER;
import static io.patchbay.billing.testing.LedgerFixture.ADMIN;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.patchbay.billing.ledger.Actor;
import io.patchbay.billing.ledger.Balance;
import io.patchbay.billing.ledger.InsufficientCredits;
import io.patchbay.billing.ledger.Ledger;
import io.patchbay.billing.ledger.LedgerEntry;
import io.patchbay.billing.ledger.NodeIdentity;
import io.patchbay.foundation.testing.TestDatabase;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

final class PlanSalesTest {
    private static final Instant START = Instant.parse("2030-01-01T12:00:00Z");

    @TempDir
    private Path folder;

    @ParameterizedTest
    @EnumSource
    void buyingPaysAndIsInForceAtOnce(TestDatabase kind) {
        try (PlanShop shop = new PlanShop(kind, folder);
                Plans otherNode = Plans.open(shop.test.database(), shop.bus, shop.test.clock())) {
            shop.test.credit(USER, 250_000_000);
            assertThat(shop.plans.group(USER)).isEqualTo("normal");
            assertThat(otherNode.group(USER)).isEqualTo("normal");

            Subscription bought = shop.buy(2, 1);

            assertThat(shop.plans.group(USER)).isEqualTo("standard");
            assertThat(otherNode.group(USER)).isEqualTo("standard");
            assertThat(bought.expiresAt()).isEqualTo("2030-02-01T12:00:00Z");
            assertThat(bought.totalMonths()).isEqualTo(1);
            assertThat(shop.plans.find(USER)).isEqualTo(bought);
            assertThat(shop.plans.findAll(List.of(6L, USER))).isEqualTo(Map.of(USER, bought));
            assertThat(shop.plans.subscribers()).isEqualTo(Map.of(2, 1L));
            assertThat(shop.test.ledger().balance(USER)).isEqualTo(new Balance(50_000_000, 0, 200_000_000));
            LedgerEntry line =
                    shop.test.ledger().entries(USER, Long.MAX_VALUE, 1).getFirst();
            assertThat(line.kind()).isEqualTo(LedgerEntry.Kind.PLAN);
            assertThat(line.micro()).isEqualTo(-200_000_000);
            assertThat(line.balanceAfter()).isEqualTo(50_000_000);
            assertThat(line.actor()).isEqualTo("7:ann");
            assertThat(line.reason()).isEqualTo("plan bought: standard, until 2030-02-01T12:00:00Z");

            shop.test.clock().advance(Duration.ofDays(31));
            assertThat(shop.plans.group(USER)).as("it has ended").isEqualTo("normal");
            assertThat(shop.plans.subscribers()).isEmpty();
        }
    }

    @ParameterizedTest
    @EnumSource
    void allKindsOfChangesFollowOneAnother(TestDatabase kind) {
        try (PlanShop shop = new PlanShop(kind, folder)) {
            shop.test.credit(USER, 1_000_000_000);
            shop.buy(1, 1);
            shop.test.clock().advance(Duration.ofDays(1));

            assertThat(shop.sales.price(USER, 2, 1)).isEqualTo(100_000_000);
            shop.buy(2, 1);
            assertThat(shop.plans.find(USER).expiresAt()).isEqualTo("2030-02-01T12:00:00Z");
            shop.buy(2, 2);
            assertThat(shop.plans.find(USER).expiresAt()).isEqualTo("2030-04-01T12:00:00Z");
            assertThat(shop.sales.price(USER, 1, 1)).isZero();
            shop.buy(1, 1);

            Subscription last = shop.plans.find(USER);
            assertThat(last.level()).isEqualTo(1);
            assertThat(last.expiresAt())
                    .isEqualTo(Instant.parse("2030-01-02T12:00:00Z").plus(Duration.ofDays(178)));
            assertThat(last.anchorAt()).isEqualTo(START);
            assertThat(last.totalMonths()).isEqualTo(3);
            assertThat(shop.test.ledger().balance(USER).used()).isEqualTo(100_000_000 + 100_000_000 + 400_000_000);
        }
    }

    @ParameterizedTest
    @EnumSource
    void whatCannotBePaidIsRefusedAndLeavesNoTrace(TestDatabase kind) {
        try (PlanShop shop = new PlanShop(kind, folder)) {
            assertThatThrownBy(() -> shop.buy(1, 1)).isInstanceOf(InsufficientCredits.class);
            assertThat(shop.test.number("SELECT COUNT(*) FROM credit_account")).isZero();

            shop.test.credit(USER, 100_000_000);
            shop.test.reserve("running", USER, 1);
            InsufficientCredits refusal = catchThrowableOfType(InsufficientCredits.class, () -> shop.buy(1, 1));

            assertThat(refusal.available())
                    .as("what a running request holds cannot be spent")
                    .isEqualTo(99_999_999);
            assertThat(refusal.needed()).isEqualTo(100_000_000);
            assertThat(shop.plans.find(USER)).isEqualTo(Subscription.none(USER));
            assertThat(shop.test.number("SELECT COUNT(*) FROM plan_subscription"))
                    .isZero();
            assertThat(shop.test.ledger().entries(USER, Long.MAX_VALUE, 10)).hasSize(1);
        }
    }

    @ParameterizedTest
    @EnumSource
    void impossibleWishesAreRefusedWithTheKnownSentences(TestDatabase kind) {
        try (PlanShop shop = new PlanShop(kind, folder)) {
            refused(shop, 1, 0, "invalid month range (1 ~ 999)");
            refused(shop, 1, 1_000, "invalid month range (1 ~ 999)");
            refused(shop, 0, 1, "invalid subscription params");
            refused(shop, 4, 1, "invalid subscription params");
            shop.plans.update(new PlanSettings(true, List.of(PlanShop.plan(1, "10")), false, null));
            refused(shop, 3, 1, "invalid plan level");
            shop.plans.update(PlanSettings.NONE);
            refused(shop, 4, 1, "subscription feature does not enable of this site");
            assertThat(shop.test.number("SELECT COUNT(*) FROM ledger_entry")).isZero();
        }
    }

    private static void refused(PlanShop shop, int level, int months, String sentence) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> shop.buy(level, months))
                .withMessage(sentence);
        assertThatIllegalArgumentException()
                .as("the price of it")
                .isThrownBy(() -> shop.sales.price(USER, level, months))
                .withMessage(sentence);
    }

    @ParameterizedTest
    @EnumSource
    void creditsForOnePurchaseBuyOneHoweverManyAskAtOnce(TestDatabase kind) throws Exception {
        try (PlanShop shop = new PlanShop(kind, folder)) {
            for (long user = 100; user < 110; user++) {
                long asker = user;
                shop.test.credit(user, 100_000_000);

                List<Boolean> done = PlanShop.atOnce(4, i -> bought(shop.sales, asker, 1));

                assertThat(done).as("user %d", user).containsOnlyOnce(true);
                assertThat(shop.plans.find(user).totalMonths()).isEqualTo(1);
                assertThat(shop.test.ledger().balance(user)).isEqualTo(new Balance(0, 0, 100_000_000));
            }
        }
    }

    @ParameterizedTest
    @EnumSource(names = "MARIADB") // SQLite has one process, and one ledger
    void twoNodesSellOneUserNoMoreThanIsPaid(TestDatabase kind) throws Exception {
        try (PlanShop shop = new PlanShop(kind, folder);
                Ledger second = Ledger.start(shop.test.database(), new NodeIdentity("node-2", "p"), shop.test.clock());
                Plans secondPlans = Plans.open(shop.test.database(), shop.bus, shop.test.clock())) {
            PlanSales other = new PlanSales(secondPlans, second, shop.test.clock());
            for (long user = 100; user < 115; user++) {
                long asker = user;
                shop.test.credit(user, 250_000_000);

                List<Boolean> done = PlanShop.atOnce(6, i -> bought(i % 2 == 0 ? shop.sales : other, asker, 1));

                assertThat(done.stream().filter(bought -> bought))
                        .as("user %d", user)
                        .hasSize(2);
                Subscription held = shop.plans.find(user);
                assertThat(held.totalMonths())
                        .as("neither purchase overwrote the other")
                        .isEqualTo(2);
                assertThat(held.expiresAt()).isEqualTo("2030-03-01T12:00:00Z");
                assertThat(secondPlans.find(user)).isEqualTo(held);
                assertThat(shop.test.ledger().balance(user)).isEqualTo(new Balance(50_000_000, 0, 200_000_000));
            }
        }
    }

    @ParameterizedTest
    @EnumSource(names = "MARIADB")
    void twoNodesGiveAFreePlanToAUserWithoutAnAccount(TestDatabase kind) throws Exception {
        try (PlanShop shop = new PlanShop(kind, folder);
                Ledger second =
                        Ledger.start(shop.test.database(), new NodeIdentity("node-2", "p"), shop.test.clock())) {
            shop.plans.update(new PlanSettings(true, List.of(PlanShop.plan(1, "0")), false, null));
            PlanSales other = new PlanSales(shop.plans, second, shop.test.clock());
            for (long user = 100; user < 110; user++) {
                long asker = user;

                assertThat(PlanShop.atOnce(4, i -> bought(i % 2 == 0 ? shop.sales : other, asker, 1)))
                        .containsOnly(true);

                assertThat(shop.plans.find(user).totalMonths()).isEqualTo(4);
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void whoReadsWhileAPlanIsBoughtDoesNotKeepTheOldOne(TestDatabase kind) throws Exception {
        try (PlanShop shop = new PlanShop(kind, folder)) {
            AtomicBoolean done = new AtomicBoolean();
            Thread reader = Thread.ofVirtual().start(() -> {
                while (!done.get()) {
                    for (long user = 100; user < 150; user++) {
                        shop.plans.group(user);
                    }
                }
            });
            try {
                for (long user = 100; user < 150; user++) {
                    shop.test.credit(user, 100_000_000);
                    shop.sales.buy(user, new Actor(user, "u"), 1, 1);
                    assertThat(shop.plans.group(user)).isEqualTo("basic");
                }
            } finally {
                done.set(true);
                reader.join();
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void buyingAgainAfterTheEndBeginsTheCountersAnew(TestDatabase kind) {
        try (PlanShop shop = new PlanShop(kind, folder)) {
            shop.test.credit(USER, 400_000_000);
            shop.buy(1, 1);
            shop.ask("a", "gpt-4o", 1);
            shop.ask("b", "gpt-4o", 1);
            assertThat(shop.plans.usage(USER)).isEqualTo(Map.of("chat", new Plans.ItemUsage(2, 3)));

            shop.test.clock().advance(Duration.ofDays(32));
            assertThat(shop.plans.usage(USER)).as("no plan, nothing to count").isEmpty();
            shop.buy(1, 1);

            assertThat(shop.plans.usage(USER)).isEqualTo(Map.of("chat", new Plans.ItemUsage(0, 3)));
            assertThat(shop.plans.refreshAt(USER)).contains(Instant.parse("2030-03-02T12:00:00Z"));
            assertThat(shop.plans.find(USER).totalMonths()).isEqualTo(2);
            shop.ask("c", "gpt-4o", 1);
            shop.release("a");
            assertThat(shop.used("chat"))
                    .as("the old request gives nothing back to the new plan")
                    .isEqualTo(1);
        }
    }

    @ParameterizedTest
    @EnumSource
    void aPlanBoughtAnewHasAllItsUnitsEvenWhenTheClockWasSetBack(TestDatabase kind) {
        try (PlanShop shop = new PlanShop(kind, folder)) {
            shop.test.credit(USER, 400_000_000);
            shop.buy(1, 1);
            shop.ask("a", "gpt-4o", 1);
            shop.sales.setExpiry(USER, ADMIN, START.minus(Duration.ofDays(2)));
            shop.test.clock().advance(Duration.ofDays(-1));

            shop.buy(1, 1);

            assertThat(shop.plans.usage(USER)).isEqualTo(Map.of("chat", new Plans.ItemUsage(0, 3)));
            assertThat(shop.used("chat")).isEqualTo(-1);
        }
    }

    @ParameterizedTest
    @EnumSource
    void renewingAndChangingThePlanKeepsWhatIsUsed(TestDatabase kind) {
        try (PlanShop shop = new PlanShop(kind, folder)) {
            shop.test.credit(USER, 1_000_000_000);
            shop.buy(1, 1);
            shop.ask("a", "gpt-4o", 1);

            shop.buy(1, 1);
            assertThat(shop.plans.usage(USER)).isEqualTo(Map.of("chat", new Plans.ItemUsage(1, 3)));
            shop.buy(2, 1);
            assertThat(shop.plans.usage(USER))
                    .isEqualTo(Map.of("chat", new Plans.ItemUsage(1, 5), "draw", new Plans.ItemUsage(0, 2)));
            shop.buy(1, 1);
            assertThat(shop.plans.usage(USER)).isEqualTo(Map.of("chat", new Plans.ItemUsage(1, 3)));
        }
    }

    @ParameterizedTest
    @EnumSource
    void unitsUsedUpAreNotTurnedIntoTimeOfALowerPlan(TestDatabase kind) {
        try (PlanShop shop = new PlanShop(kind, folder)) {
            shop.test.credit(USER, 600_000_000);
            shop.buy(2, 1);
            shop.ask("a", "dall-e-3", 1);
            shop.ask("b", "dall-e-3", 1);
            Subscription bought = shop.plans.find(USER);

            refused(
                    shop,
                    1,
                    1,
                    "too many requests of this month are used: the lower plan would end sooner than yours; "
                            + "change it after 2030-02-01T12:00:00Z");
            assertThat(shop.plans.find(USER)).isEqualTo(bought);

            shop.buy(2, 2);
            shop.buy(1, 1);
            assertThat(shop.plans.find(USER).expiresAt())
                    .as("the 59 days of February and March, at half the price")
                    .isEqualTo(START.plus(Duration.ofDays(118)));
        }
    }

    @ParameterizedTest
    @EnumSource
    void administratorsGivePlansAndEveryChangeNamesThem(TestDatabase kind) {
        try (PlanShop shop = new PlanShop(kind, folder)) {
            shop.test.credit(USER, 5);
            Instant end = Instant.parse("2030-06-30T00:00:00Z");

            Subscription given = shop.sales.setExpiry(USER, ADMIN, end);
            assertThat(given.level()).as("who had none gets the first level").isEqualTo(1);
            assertThat(given.anchorAt()).isEqualTo(START);
            assertThat(shop.plans.group(USER)).isEqualTo("basic");
            shop.sales.setLevel(USER, ADMIN, 3);
            assertThat(shop.plans.group(USER)).isEqualTo("pro");
            assertThat(shop.plans.find(USER).expiresAt()).isEqualTo(end);
            shop.sales.setExpiry(USER, ADMIN, START);
            assertThat(shop.plans.group(USER)).isEqualTo("normal");
            shop.sales.setLevel(USER, ADMIN, 0);

            assertThat(shop.test.ledger().entries(USER, Long.MAX_VALUE, 4))
                    .allSatisfy(line -> {
                        assertThat(line.kind()).isEqualTo(LedgerEntry.Kind.PLAN);
                        assertThat(line.micro()).isZero();
                        assertThat(line.balanceAfter()).isEqualTo(5);
                        assertThat(line.actor()).isEqualTo("1:root");
                    })
                    .extracting(LedgerEntry::reason)
                    .containsExactly(
                            "level set by an administrator: normal, until 2030-01-01T12:00:00Z",
                            "expiry set by an administrator: pro, until 2030-01-01T12:00:00Z",
                            "level set by an administrator: pro, until 2030-06-30T00:00:00Z",
                            "expiry set by an administrator: basic, until 2030-06-30T00:00:00Z");
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> shop.sales.setLevel(USER, ADMIN, 4))
                    .withMessage("invalid subscription level");
            assertThat(shop.plans.find(USER).totalMonths())
                    .as("nothing was bought")
                    .isZero();
        }
    }

    @ParameterizedTest
    @EnumSource
    void aLevelWithoutAnEndIsNoPlan(TestDatabase kind) {
        try (PlanShop shop = new PlanShop(kind, folder)) {
            shop.sales.setLevel(USER, ADMIN, 2);
            assertThat(shop.plans.group(USER)).isEqualTo("normal");

            shop.sales.setExpiry(USER, ADMIN, START.plus(Duration.ofDays(10)));
            assertThat(shop.plans.group(USER)).as("the level was kept").isEqualTo("standard");
            assertThat(shop.plans.find(USER).anchorAt()).isEqualTo(START);
        }
    }

    @ParameterizedTest
    @EnumSource
    void administratorsGiveUsedUnitsBackButNotThoseOfRunningRequests(TestDatabase kind) {
        try (PlanShop shop = new PlanShop(kind, folder)) {
            shop.test.credit(USER, 300_000_000);
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> shop.sales.releaseUsage(USER, ADMIN))
                    .withMessage("user is not subscribed");
            shop.buy(1, 1);
            shop.ask("done", "gpt-4o", 1);
            shop.test.settle("done", 0);
            shop.ask("failed", "gpt-4o", 1);
            shop.ask("running", "gpt-4o", 1);

            shop.sales.releaseUsage(USER, ADMIN);

            assertThat(shop.used("chat")).isEqualTo(2);
            shop.release("failed");
            assertThat(shop.used("chat")).isEqualTo(1);
            shop.test.settle("running", 0);
            shop.sales.releaseUsage(USER, ADMIN);
            assertThat(shop.used("chat")).isZero();
            LedgerEntry line =
                    shop.test.ledger().entries(USER, Long.MAX_VALUE, 1).getFirst();
            assertThat(line.actor()).isEqualTo("1:root");
            assertThat(line.reason()).isEqualTo("used units given back by an administrator");
        }
    }

    @ParameterizedTest
    @EnumSource
    void plansThatAreSwitchedOffGiveNothingAndComeBackUnchanged(TestDatabase kind) {
        try (PlanShop shop = new PlanShop(kind, folder)) {
            shop.test.credit(USER, 100_000_000);
            shop.buy(1, 1);

            shop.plans.update(before -> new PlanSettings(false, before.plans(), false, null));
            assertThat(shop.plans.level(USER)).isZero();
            assertThat(shop.plans.unit(USER, "gpt-4o", false)).isEmpty();
            assertThat(shop.plans.usage(USER)).isEmpty();
            assertThat(shop.plans.refreshAt(USER)).isEmpty();
            shop.plans.update(SITE);
            assertThat(shop.plans.level(USER)).isEqualTo(1);
        }
    }

    private static boolean bought(PlanSales sales, long user, int level) {
        try {
            sales.buy(user, user == USER ? ANN : new Actor(user, "u" + user), level, 1);
            return true;
        } catch (InsufficientCredits e) {
            return false;
        }
    }
}
