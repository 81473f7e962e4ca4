package io.patchbay.billing.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchbay.billing.testing.LedgerFixture;
import io.patchbay.foundation.testing.TestDatabase;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

final class RecoveryTest {
    @TempDir
    private Path folder;

    @ParameterizedTest
    @EnumSource
    void whatADeadProcessHeldIsGivenBack(TestDatabase kind) {
        try (LedgerFixture test = new LedgerFixture(kind, folder)) {
            test.credit(7, 1_000);
            test.credit(8, 1_000);
            test.reserve("settled", 7, 100);
            test.settle("settled", 60);
            test.reserve("a", 7, 100);
            test.reserve("b", 7, 200);
            test.reserve("c", 8, 300);
            test.reserve("free", 9, 0);

            test.clock().advance(Duration.ofSeconds(1));
            Ledger later = test.restart();
            RecoveryReport report = later.recover(test.clock().instant());

            assertThat(report.reservations()).isEqualTo(4);
            assertThat(report.micro()).isEqualTo(600);
            assertThat(report.users()).isEqualTo(3);
            assertThat(later.balance(7)).isEqualTo(new Balance(940, 0, 60));
            assertThat(later.balance(8)).isEqualTo(new Balance(1_000, 0, 0));
            assertThat(later.outcome("b")).contains(new Outcome("b", Outcome.Kind.RELEASED, 0, 0, 940));
            assertThat(later.settle("a", LedgerFixture.settlement(50)).join().kind())
                    .isEqualTo(Outcome.Kind.RELEASED);
            assertThat(test.violations()).isEmpty();

            assertThat(later.recover(test.clock().instant()).reservations()).isZero();
        }
    }

    @ParameterizedTest
    @EnumSource
    void reservationsOfOthersAreLeftAlone(TestDatabase kind) {
        try (LedgerFixture test = new LedgerFixture(kind, folder);
                Ledger otherNode = Ledger.start(test.database(), new NodeIdentity("node-2", "p"), test.clock())) {
            test.credit(7, 1_000);
            otherNode.reserve(test.reservation("other-node", 7, 1));
            test.clock().advance(Duration.ofSeconds(1));
            Ledger later = test.restart();
            later.reserve(test.reservation("mine", 7, 2));
            try (Ledger twin = Ledger.start(
                    test.database(), new NodeIdentity(test.identity().node(), "twin"), test.clock())) {
                twin.reserve(test.reservation("twin", 7, 4));
            }

            RecoveryReport report = later.recover(test.clock().instant());

            assertThat(report.reservations()).isZero();
            assertThat(later.balance(7).reserved()).isEqualTo(7);
        }
    }

    @ParameterizedTest
    @EnumSource
    void aHundredThousandOpenReservationsAreReleasedInOneGo(TestDatabase kind) {
        try (LedgerFixture test = new LedgerFixture(kind, folder)) {
            test.run("""
                    INSERT INTO reservation (request_id, user_id, micro, model, price_version, node, process, state,
                                             created_at)
                    WITH d AS (SELECT 0 AS i UNION SELECT 1 UNION SELECT 2 UNION SELECT 3 UNION SELECT 4
                               UNION SELECT 5 UNION SELECT 6 UNION SELECT 7 UNION SELECT 8 UNION SELECT 9)
                    SELECT 'r' || a.i || b.i || c.i || d.i || e.i, c.i * 100 + d.i * 10 + e.i, 5, 'm', 1, 'node-1',
                           'dead', 'OPEN', 1
                    FROM d a, d b, d c, d d, d e""");
            test.run("""
                    INSERT INTO credit_account (user_id, balance, reserved, used, version, updated_at)
                    SELECT user_id, 0, SUM(micro), 0, 1, 1 FROM reservation GROUP BY user_id""");

            RecoveryReport report = test.ledger().recover(test.clock().instant());

            System.out.printf(
                    "recovery of 100,000 reservations on %s: %d ms%n",
                    kind, report.took().toMillis());
            assertThat(report.reservations()).isEqualTo(100_000);
            assertThat(report.micro()).isEqualTo(500_000);
            assertThat(report.users()).isEqualTo(1_000);
            // The bar is 5 s on a quiet machine, see the printed figure; builds share theirs with others.
            assertThat(report.took()).isLessThan(Duration.ofSeconds(20));
            assertThat(test.violations()).isEmpty();
        }
    }
}
