package io.patchbay.billing.plan;

import static io.patchbay.billing.plan.PlanShop.USER;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.patchbay.billing.ledger.Balance;
import io.patchbay.billing.ledger.Held;
import io.patchbay.billing.ledger.Ledger;
import io.patchbay.billing.ledger.LedgerEntry;
import io.patchbay.billing.ledger.PlanExhausted;
import io.patchbay.billing.ledger.PlanUnit;
import io.patchbay.foundation.testing.TestDatabase;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Units of plans are taken with a reservation and given back exactly when it is released. */
final class PlanUnitsTest {
    private static final Instant JANUARY = Instant.parse("2030-01-01T12:00:00Z");
    private static final Instant FEBRUARY = Instant.parse("2030-02-01T12:00:00Z");
    private static final Held BY_PLAN = new Held(0, "chat");
    private static final Held BY_CREDITS = new Held(10, null);

    @TempDir
    private Path folder;

    @ParameterizedTest
    @EnumSource
    void aFailedRequestGivesItsUnitBackOnce(TestDatabase kind) {
        try (PlanShop shop = new PlanShop(kind, folder)) {
            assertThat(shop.ask(shop.test.ledger(), "a", 10, unit(JANUARY, 3))).isEqualTo(BY_PLAN);
            assertThat(shop.ask(shop.test.ledger(), "b", 10, unit(JANUARY, 3))).isEqualTo(BY_PLAN);

            shop.release("a");
            shop.release("a");
            shop.test.settle("a", 5);

            assertThat(shop.used("chat")).isEqualTo(1);
        }
    }

    @ParameterizedTest
    @EnumSource
    void aServedRequestKeepsItsUnitAndCostsNothing(TestDatabase kind) {
        try (PlanShop shop = new PlanShop(kind, folder)) {
            shop.test.credit(USER, 1_000);
            shop.ask(shop.test.ledger(), "a", 10, unit(JANUARY, 3));

            assertThat(shop.test.settle("a", 10).charged()).isZero();
            shop.release("a");

            assertThat(shop.used("chat")).isEqualTo(1);
            assertThat(shop.test.ledger().balance(USER)).isEqualTo(new Balance(1_000, 0, 0));
            LedgerEntry line =
                    shop.test.ledger().entries(USER, Long.MAX_VALUE, 1).getFirst();
            assertThat(line.planItem()).isEqualTo("chat");
            assertThat(line.micro()).isZero();
            assertThat(line.writtenOff()).isZero();
        }
    }

    @ParameterizedTest
    @EnumSource
    void aFailedRequestThatCreditsPaidForGivesNoUnitBack(TestDatabase kind) {
        try (PlanShop shop = new PlanShop(kind, folder)) {
            shop.test.credit(USER, 100);
            PlanUnit unit = unit(JANUARY, 2);
            shop.ask(shop.test.ledger(), "a", 10, unit);
            shop.ask(shop.test.ledger(), "b", 10, unit);

            for (int i = 0; i < 5; i++) {
                assertThat(shop.ask(shop.test.ledger(), "failing" + i, 10, unit))
                        .isEqualTo(BY_CREDITS);
                shop.release("failing" + i);
            }

            assertThat(shop.used("chat")).isEqualTo(2);
            assertThat(shop.test.ledger().balance(USER)).isEqualTo(new Balance(100, 0, 0));
        }
    }

    @ParameterizedTest
    @EnumSource
    void aRepeatedRequestTakesOneUnit(TestDatabase kind) {
        try (PlanShop shop = new PlanShop(kind, folder)) {
            PlanUnit last = unit(JANUARY, 1);

            assertThat(shop.ask(shop.test.ledger(), "a", 10, last)).isEqualTo(BY_PLAN);
            assertThat(shop.ask(shop.test.ledger(), "a", 10, last)).isEqualTo(BY_PLAN);
            shop.test.restart();
            assertThat(shop.ask(shop.test.ledger(), "a", 10, last)).isEqualTo(BY_PLAN);
            assertThat(shop.used("chat")).isEqualTo(1);
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> shop.ask(shop.test.ledger(), "a", 10, null))
                    .withMessage("request a is already recorded with another user or amount");
        }
    }

    @ParameterizedTest
    @EnumSource
    void aRepeatedRequestThatTheFirstUnitPaidForStaysWithThePlanWhenMoreAreLeft(TestDatabase kind) {
        try (PlanShop shop = new PlanShop(kind, folder)) {
            shop.test.credit(USER, 100);

            shop.ask(shop.test.ledger(), "a", 10, unit(JANUARY, 5));
            assertThat(shop.ask(shop.test.ledger(), "a", 10, unit(JANUARY, 5))).isEqualTo(BY_PLAN);

            assertThat(shop.used("chat")).isEqualTo(1);
            assertThat(shop.test.ledger().balance(USER)).isEqualTo(new Balance(100, 0, 0));
        }
    }

    @ParameterizedTest
    @EnumSource
    void unlimitedItemsAreNotCounted(TestDatabase kind) {
        try (PlanShop shop = new PlanShop(kind, folder)) {
            PlanUnit unlimited = unit(JANUARY, PlanUnit.UNLIMITED);
            for (int i = 0; i < 20; i++) {
                assertThat(shop.ask(shop.test.ledger(), "r" + i, 10, unlimited)).isEqualTo(BY_PLAN);
            }
            shop.release("r0");
            shop.test.settle("r1", 10);

            assertThat(shop.used("chat")).isEqualTo(-1);
            assertThat(shop.test.ledger().entries(USER, Long.MAX_VALUE, 2))
                    .extracting(LedgerEntry::planItem)
                    .containsOnly("chat");

            shop.ask(shop.test.ledger(), "counted", 10, unit(JANUARY, 3));
            shop.release("r2");
            assertThat(shop.used("chat"))
                    .as("what took nothing gives nothing back")
                    .isEqualTo(1);
        }
    }

    @ParameterizedTest
    @EnumSource
    void anItemOfNoUnitsPaysNothing(TestDatabase kind) {
        try (PlanShop shop = new PlanShop(kind, folder)) {
            shop.test.credit(USER, 10);

            assertThat(shop.ask(shop.test.ledger(), "a", 10, unit(JANUARY, 0))).isEqualTo(BY_CREDITS);
            assertThat(shop.used("chat")).isEqualTo(-1);
        }
    }

    @ParameterizedTest
    @EnumSource
    void aNewMonthBeginsAtNothingAndGetsNothingBackFromTheOldOne(TestDatabase kind) {
        try (PlanShop shop = new PlanShop(kind, folder)) {
            shop.ask(shop.test.ledger(), "old1", 10, unit(JANUARY, 2));
            shop.ask(shop.test.ledger(), "old2", 10, unit(JANUARY, 2));
            shop.test.clock().advance(Duration.ofDays(32));

            assertThat(shop.ask(shop.test.ledger(), "new", 10, unit(FEBRUARY, 2)))
                    .isEqualTo(BY_PLAN);
            assertThat(shop.used("chat")).isEqualTo(1);
            shop.release("old1");
            assertThat(shop.used("chat")).as("taken in January").isEqualTo(1);
            shop.test.settle("old2", 0);
            shop.release("new");
            assertThat(shop.used("chat")).isZero();
        }
    }

    @ParameterizedTest
    @EnumSource
    void whoseClockIsBehindCountsInTheMonthThatHasBegun(TestDatabase kind) {
        try (PlanShop shop = new PlanShop(kind, folder)) {
            shop.test.credit(USER, 10);
            shop.ask(shop.test.ledger(), "a", 10, unit(FEBRUARY, 2));

            assertThat(shop.ask(shop.test.ledger(), "late", 10, unit(JANUARY, 2)))
                    .isEqualTo(BY_PLAN);
            assertThat(shop.ask(shop.test.ledger(), "none-left", 10, unit(JANUARY, 2)))
                    .isEqualTo(BY_CREDITS);
            assertThat(shop.test.number("SELECT window_start FROM plan_usage")).isEqualTo(FEBRUARY.toEpochMilli());
            shop.release("late");
            assertThat(shop.used("chat")).isEqualTo(1);
        }
    }

    @ParameterizedTest
    @EnumSource
    void aCrashGivesUnitsOfOpenRequestsBack(TestDatabase kind) {
        try (PlanShop shop = new PlanShop(kind, folder)) {
            shop.test.credit(USER, 100);
            Ledger ledger = shop.test.ledger();
            shop.ask(ledger, "served", 10, unit(JANUARY, 4));
            shop.test.settle("served", 0);
            shop.ask(ledger, "open1", 10, unit(JANUARY, 4));
            shop.ask(ledger, "open2", 10, unit(JANUARY, 4));
            shop.ask(ledger, "draw", 10, new PlanUnit("draw", JANUARY, 4, false));
            shop.ask(ledger, "credits", 10, null);
            shop.ask(ledger, "endless", 10, new PlanUnit("endless", JANUARY, PlanUnit.UNLIMITED, false));
            assertThat(shop.used("chat")).isEqualTo(3);

            shop.test.clock().advance(Duration.ofSeconds(1));
            Ledger later = shop.test.restart();
            shop.ask(later, "mine", 10, unit(JANUARY, 4));
            assertThat(later.recover(shop.test.clock().instant()).reservations())
                    .isEqualTo(5);

            assertThat(shop.used("chat"))
                    .as("the served one and the one of this process")
                    .isEqualTo(2);
            assertThat(shop.used("draw")).isZero();
            assertThat(later.balance(USER)).isEqualTo(new Balance(100, 0, 0));
            shop.release("open1");
            assertThat(shop.used("chat")).as("given back once").isEqualTo(2);
        }
    }

    @ParameterizedTest
    @EnumSource
    void aCrashInTheOldMonthGivesNothingToTheNewOne(TestDatabase kind) {
        try (PlanShop shop = new PlanShop(kind, folder)) {
            shop.ask(shop.test.ledger(), "old", 10, unit(JANUARY, 4));
            shop.test.clock().advance(Duration.ofDays(32));
            Ledger later = shop.test.restart();
            shop.ask(later, "new", 10, unit(FEBRUARY, 4));

            later.recover(shop.test.clock().instant());

            assertThat(shop.used("chat")).isEqualTo(1);
        }
    }

    @ParameterizedTest
    @EnumSource
    void whereOnlyAPlanMayPayNothingElseDoes(TestDatabase kind) {
        try (PlanShop shop = new PlanShop(kind, folder)) {
            shop.test.credit(USER, 1_000);
            PlanUnit only = new PlanUnit("chat", JANUARY, 1, true);

            assertThat(shop.ask(shop.test.ledger(), "a", 0, only)).isEqualTo(BY_PLAN);
            assertThatThrownBy(() -> shop.ask(shop.test.ledger(), "b", 0, only)).isInstanceOf(PlanExhausted.class);

            assertThat(shop.test.number("SELECT COUNT(*) FROM reservation")).isEqualTo(1);
            assertThat(shop.ask(shop.test.ledger(), "a", 0, only))
                    .as("repeated")
                    .isEqualTo(BY_PLAN);
        }
    }

    @ParameterizedTest
    @EnumSource
    void plansThatHaveTheSameItemShareItsCounter(TestDatabase kind) {
        try (PlanShop shop = new PlanShop(kind, folder)) {
            shop.test.credit(USER, 1_000_000_000);
            shop.buy(1, 1);
            for (int i = 0; i < 3; i++) {
                assertThat(shop.ask("basic" + i, i == 0 ? "gpt-4o-mini" : "gpt-4o", 10))
                        .isEqualTo(BY_PLAN);
            }
            assertThat(shop.ask("credits", "gpt-4o", 10)).isEqualTo(BY_CREDITS);

            shop.buy(2, 1);
            assertThat(shop.ask("standard1", "gpt-4o", 10)).isEqualTo(BY_PLAN);
            assertThat(shop.ask("standard2", "gpt-4o", 10)).isEqualTo(BY_PLAN);
            assertThat(shop.ask("none-left", "gpt-4o", 10)).isEqualTo(BY_CREDITS);
            assertThat(shop.ask("other-model", "gpt-4o-mini", 10))
                    .as("not in this plan")
                    .isEqualTo(BY_CREDITS);
            assertThat(shop.ask("picture", "dall-e-3", 10)).isEqualTo(new Held(0, "draw"));
            assertThat(shop.plans.usage(USER))
                    .isEqualTo(Map.of("chat", new Plans.ItemUsage(5, 5), "draw", new Plans.ItemUsage(1, 2)));
        }
    }

    @ParameterizedTest
    @EnumSource
    void unitsComeBackEachMonthOfTheSubscription(TestDatabase kind) {
        try (PlanShop shop = new PlanShop(kind, folder)) {
            shop.test.credit(USER, 1_000_000_000);
            shop.buy(1, 3);
            for (int month = 0; month < 3; month++) {
                for (int i = 0; i < 3; i++) {
                    assertThat(shop.ask("m" + month + "r" + i, "gpt-4o", 10)).isEqualTo(BY_PLAN);
                }
                assertThat(shop.ask("m" + month, "gpt-4o", 10)).isEqualTo(BY_CREDITS);
                Instant refresh = shop.plans.refreshAt(USER).orElseThrow();
                shop.test.clock().advance(Duration.between(shop.test.clock().instant(), refresh));
            }
            assertThat(shop.plans.level(USER))
                    .as("ended exactly with the last month")
                    .isZero();
            assertThat(shop.ask("after", "gpt-4o", 10)).isEqualTo(BY_CREDITS);
        }
    }

    @ParameterizedTest
    @EnumSource
    void itemsOfManyLanguagesAndCasesAreCountedApart(TestDatabase kind) {
        try (PlanShop shop = new PlanShop(kind, folder)) {
            for (String item : new String[] {"chat", "CHAT", "对话 \uD83D\uDE00", "it's; --", "12", "\"q\"\\"}) {
                PlanUnit unit = new PlanUnit(item, JANUARY, 1, false);
                assertThat(shop.ask(shop.test.ledger(), RequestName.of(item), 0, unit)
                                .planItem())
                        .isEqualTo(item);
            }
            assertThat(shop.test.number("SELECT COUNT(*) FROM plan_usage WHERE used = 1"))
                    .isEqualTo(6);
            shop.release(RequestName.of("CHAT"));
            assertThat(shop.test.number("SELECT COUNT(*) FROM plan_usage WHERE used = 1"))
                    .isEqualTo(5);
        }
    }

    /** Request ids are plain texts. */
    private static final class RequestName {
        static String of(String item) {
            return "r" + Integer.toHexString(item.hashCode());
        }
    }

    private static PlanUnit unit(Instant window, long limit) {
        return new PlanUnit("chat", window, limit, false);
    }
}
