package io.patchbay.billing.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchbay.billing.ledger.LedgerAudit.Rule;
import io.patchbay.billing.ledger.LedgerAudit.Violation;
import io.patchbay.billing.testing.LedgerFixture;
import io.patchbay.foundation.testing.TestDatabase;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

final class LedgerAuditTest {
    @TempDir
    private Path folder;

    @ParameterizedTest
    @EnumSource
    void aSoundLedgerHasNoViolations(TestDatabase kind) {
        try (LedgerFixture test = sound(kind)) {
            assertThat(test.violations()).isEmpty();
        }
    }

    @ParameterizedTest
    @EnumSource
    void aBalanceThatIsNotTheSumOfItsEntriesIsFound(TestDatabase kind) {
        try (LedgerFixture test = sound(kind)) {
            test.run("UPDATE credit_account SET balance = balance + 1 WHERE user_id = 7");

            assertThat(test.violations()).containsExactly(new Violation(Rule.BALANCE_IS_SUM_OF_ENTRIES, "7", 941, 940));
        }
    }

    @ParameterizedTest
    @EnumSource
    void aHoldWithoutAnOpenReservationIsFound(TestDatabase kind) {
        try (LedgerFixture test = sound(kind)) {
            test.run("UPDATE credit_account SET reserved = reserved + 5 WHERE user_id = 7");

            assertThat(test.violations()).containsExactly(new Violation(Rule.RESERVED_IS_SUM_OF_OPEN, "7", 205, 200));
        }
    }

    @ParameterizedTest
    @EnumSource
    void aWrongTotalOfUseIsFound(TestDatabase kind) {
        try (LedgerFixture test = sound(kind)) {
            test.run("UPDATE credit_account SET used = 0 WHERE user_id = 7");

            assertThat(test.violations()).containsExactly(new Violation(Rule.USED_IS_SUM_OF_SETTLEMENTS, "7", 0, 60));
        }
    }

    @ParameterizedTest
    @EnumSource
    void aRequestWithTwoOutcomesIsFound(TestDatabase kind) {
        try (LedgerFixture test = sound(kind)) {
            outcome(test, "settled", "RELEASE", 0);

            assertThat(test.violations())
                    .contains(new Violation(Rule.ONE_OUTCOME, "settled", 2, 1))
                    .extracting(Violation::rule)
                    .containsOnly(Rule.ONE_OUTCOME, Rule.STATE_MATCHES_OUTCOME);
        }
    }

    @ParameterizedTest
    @EnumSource
    void aRequestWhoseOutcomeWasLostIsFound(TestDatabase kind) {
        try (LedgerFixture test = sound(kind)) {
            test.run("DELETE FROM ledger_entry WHERE request_id = 'released'");

            assertThat(test.violations()).containsExactly(new Violation(Rule.ONE_OUTCOME, "released", 0, 1));
        }
    }

    @ParameterizedTest
    @EnumSource
    void anOutcomeThatTheStateDoesNotTellIsFound(TestDatabase kind) {
        try (LedgerFixture test = sound(kind)) {
            outcome(test, "open", "RELEASE", 0);
            outcome(test, "nobody", "RELEASE", 0);

            assertThat(test.violations())
                    .extracting(Violation::rule, Violation::subject)
                    .containsExactlyInAnyOrder(
                            org.assertj.core.groups.Tuple.tuple(Rule.STATE_MATCHES_OUTCOME, "open"),
                            org.assertj.core.groups.Tuple.tuple(Rule.OUTCOME_HAS_RESERVATION, "nobody"));
        }
    }

    @ParameterizedTest
    @EnumSource
    void aSettlementThatAddsCreditsIsFound(TestDatabase kind) {
        try (LedgerFixture test = sound(kind)) {
            test.run("UPDATE ledger_entry SET micro = 60 WHERE request_id = 'settled'");

            assertThat(test.violations()).extracting(Violation::rule).contains(Rule.POSSIBLE_AMOUNTS);
        }
    }

    @ParameterizedTest
    @EnumSource
    void aClosedReservationWithoutClosingTimeIsFound(TestDatabase kind) {
        try (LedgerFixture test = sound(kind)) {
            test.run("UPDATE reservation SET closed_at = NULL WHERE request_id = 'settled'");

            assertThat(test.violations())
                    .extracting(Violation::rule)
                    .containsExactlyInAnyOrder(Rule.STATE_MATCHES_CLOSING_TIME, Rule.RESERVED_IS_SUM_OF_OPEN);
        }
    }

    @ParameterizedTest
    @EnumSource
    void anAccountBelowTheBoundIsFound(TestDatabase kind) {
        try (LedgerFixture test = sound(kind)) {
            test.run("UPDATE credit_account SET balance = -301, used = 1301 WHERE user_id = 7");
            test.run("UPDATE ledger_entry SET micro = -1301 WHERE request_id = 'settled'");

            assertThat(test.violations()).containsExactly(new Violation(Rule.OVERDRAWN_WITHIN_BOUND, "7", -301, -300));
        }
    }

    @ParameterizedTest
    @EnumSource
    void anEntryWithoutAnAccountIsFound(TestDatabase kind) {
        try (LedgerFixture test = sound(kind)) {
            test.credit(8, 1);
            test.run("DELETE FROM credit_account WHERE user_id = 8");

            assertThat(test.violations()).containsExactly(new Violation(Rule.ENTRY_HAS_ACCOUNT, "8", 0, 1));
        }
    }

    private LedgerFixture sound(TestDatabase kind) {
        LedgerFixture test = new LedgerFixture(kind, folder);
        test.credit(7, 1_000);
        test.reserve("settled", 7, 100);
        test.settle("settled", 60);
        test.reserve("released", 7, 300);
        test.ledger().release("released", "").join();
        test.reserve("open", 7, 200);
        return test;
    }

    private static void outcome(LedgerFixture test, String request, String kind, long micro) {
        test.run("""
                INSERT INTO ledger_entry (user_id, request_id, kind, micro, written_off, balance_after, actor, reason,
                                          created_at)
                VALUES (7, '%s', '%s', %d, 0, 0, 'x', '', 1)""".formatted(request, kind, micro));
    }
}
