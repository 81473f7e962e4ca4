package io.patchbay.billing.plan;

import static io.patchbay.billing.plan.PlanShop.USER;
import static org.assertj.core.api.Assertions.assertThat;

import io.patchbay.billing.ledger.Balance;
import io.patchbay.billing.ledger.Held;
import io.patchbay.billing.ledger.InsufficientCredits;
import io.patchbay.billing.ledger.Ledger;
import io.patchbay.billing.ledger.NodeIdentity;
import io.patchbay.billing.ledger.PlanUnit;
import io.patchbay.billing.testing.LedgerFixture;
import io.patchbay.foundation.testing.TestDatabase;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** However many ask at once, on however many nodes, a plan has as many units as it has. */
final class PlanUnitsRaceTest {
    private static final Instant JANUARY = Instant.parse("2030-01-01T12:00:00Z");

    @TempDir
    private Path folder;

    @ParameterizedTest
    @EnumSource
    void exactlyAsManyParallelRequestsArePaidByThePlanAsItHasUnits(TestDatabase kind) throws Exception {
        try (PlanShop shop = new PlanShop(kind, folder)) {
            shop.test.credit(USER, 5_000);
            PlanUnit unit = unit(JANUARY, 100);

            List<String> paidBy = PlanShop.atOnce(1_000, i -> paidBy(shop, shop.test.ledger(), "r" + i, unit));

            assertThat(paidBy.stream().filter("chat"::equals)).hasSize(100);
            assertThat(paidBy.stream().filter("credits"::equals)).hasSize(500);
            assertThat(paidBy.stream().filter("nobody"::equals)).hasSize(400);
            assertThat(shop.used("chat")).isEqualTo(100);
            assertThat(shop.test.ledger().balance(USER)).isEqualTo(new Balance(0, 5_000, 0));
            shop.sound();

            PlanShop.atOnce(1_000, i -> paidBy.get(i).equals("nobody") ? "" : ended(shop, "r" + i, i % 2 == 0));
            long keptByPlan = shop.test.number(
                    "SELECT COUNT(*) FROM reservation WHERE plan_item IS NOT NULL AND state = 'SETTLED'");
            assertThat(shop.used("chat")).isEqualTo(keptByPlan).isBetween(1L, 99L);
            assertThat(shop.test.ledger().balance(USER).reserved()).isZero();
        }
    }

    @ParameterizedTest
    @EnumSource(names = "MARIADB") // SQLite has one process, and one ledger
    void twoNodesTakeNoMoreUnitsThanThereAre(TestDatabase kind) throws Exception {
        try (PlanShop shop = new PlanShop(kind, folder);
                Ledger second =
                        Ledger.start(shop.test.database(), new NodeIdentity("node-2", "p"), shop.test.clock())) {
            PlanUnit unit = unit(JANUARY, 100);
            shop.test.credit(USER, 1);

            List<String> paidBy =
                    PlanShop.atOnce(400, i -> paidBy(shop, i % 2 == 0 ? shop.test.ledger() : second, "r" + i, unit));

            assertThat(paidBy.stream().filter("chat"::equals)).hasSize(100);
            assertThat(paidBy.stream().filter("nobody"::equals)).hasSize(300);
            assertThat(shop.used("chat")).isEqualTo(100);
        }
    }

    @ParameterizedTest
    @EnumSource(names = "MARIADB")
    void twoNodesBeginOneCounterOfANewUserTogether(TestDatabase kind) throws Exception {
        try (PlanShop shop = new PlanShop(kind, folder);
                Ledger second =
                        Ledger.start(shop.test.database(), new NodeIdentity("node-2", "p"), shop.test.clock())) {
            PlanUnit unit = unit(JANUARY, 3);

            List<String> paidBy =
                    PlanShop.atOnce(8, i -> paidBy(shop, i % 2 == 0 ? shop.test.ledger() : second, "r" + i, unit));

            assertThat(paidBy.stream().filter("chat"::equals)).hasSize(3);
            assertThat(shop.used("chat")).isEqualTo(3);
        }
    }

    private static PlanUnit unit(Instant window, long limit) {
        return new PlanUnit("chat", window, limit, false);
    }

    private static String paidBy(PlanShop shop, Ledger ledger, String request, PlanUnit unit) {
        try {
            Held held = shop.ask(ledger, request, 10, unit);
            return held.planItem() == null ? "credits" : held.planItem();
        } catch (InsufficientCredits e) {
            return "nobody";
        }
    }

    private static String ended(PlanShop shop, String request, boolean well) {
        if (well) {
            shop.test.ledger().settle(request, LedgerFixture.settlement(10)).join();
        } else {
            shop.release(request);
        }
        return "";
    }
}
