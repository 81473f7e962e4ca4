package io.patchbay.billing.ledger;

import static io.patchbay.billing.testing.LedgerFixture.ADMIN;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.patchbay.billing.testing.LedgerFixture;
import io.patchbay.foundation.testing.TestDatabase;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What the ledger remembers of an account is never taken for more than it is: here somebody else changes the row. */
final class RememberedAccountsTest {
    private static final String RAISE =
            "UPDATE credit_account SET balance = balance + 500, version = version + 1 WHERE user_id = 7";
    private static final String LOWER =
            "UPDATE credit_account SET balance = balance - 900, version = version + 1 WHERE user_id = 7";

    @TempDir
    private Path folder;

    @ParameterizedTest
    @EnumSource
    void aCallIsNotRefusedForCreditsThatHaveComeMeanwhile(TestDatabase kind) {
        try (LedgerFixture test = new LedgerFixture(kind, folder)) {
            test.credit(7, 1_000);
            test.reserve("a", 7, 600);
            test.run(RAISE);

            test.reserve("b", 7, 900);

            assertThat(test.ledger().balance(7)).isEqualTo(new Balance(0, 1_500, 0));
        }
    }

    @ParameterizedTest
    @EnumSource
    void aCallIsNotLetInForCreditsThatHaveGoneMeanwhile(TestDatabase kind) {
        try (LedgerFixture test = new LedgerFixture(kind, folder)) {
            test.credit(7, 1_000);
            test.reserve("a", 7, 50);
            test.run(LOWER);

            assertThatThrownBy(() -> test.reserve("b", 7, 60))
                    .isInstanceOfSatisfying(
                            InsufficientCredits.class,
                            refusal -> assertThat(refusal.available()).isEqualTo(50));
            assertThat(test.settle("a", 40).balanceAfter()).isEqualTo(60);
            assertThat(test.ledger().balance(7)).isEqualTo(new Balance(60, 0, 40));
        }
    }

    @ParameterizedTest
    @EnumSource
    void aSettlementKeepsWhatSomebodyElseHasWritten(TestDatabase kind) {
        try (LedgerFixture test = new LedgerFixture(kind, folder)) {
            test.credit(7, 1_000);
            test.reserve("a", 7, 300);
            test.run(RAISE);

            assertThat(test.settle("a", 300).balanceAfter()).isEqualTo(1_200);
            assertThat(test.ledger().release("a", "again").join().balanceAfter())
                    .isEqualTo(1_200);
            test.ledger().credit(7, 10, ADMIN, "test");
            assertThat(test.ledger().balance(7)).isEqualTo(new Balance(1_210, 0, 300));
        }
    }

    @Test
    void onlyTheAccountsUsedLastAreRemembered() {
        Remembered remembered = new Remembered(true);
        for (long user = 1; user <= Remembered.ACCOUNTS; user++) {
            remembered.put(account(user));
        }
        assertThat(remembered.account(1)).isEqualTo(account(1));

        remembered.put(account(Remembered.ACCOUNTS + 1L));

        assertThat(remembered.account(1)).isNotNull();
        assertThat(remembered.account(2)).isNull();
    }

    @Test
    void whoSharesAccountsRemembersNone() {
        Remembered remembered = new Remembered(false);
        remembered.put(account(7));
        assertThat(remembered.account(7)).isNull();
    }

    private static AccountRow account(long user) {
        return new AccountRow(user, 100, 0, 0, 1);
    }
}
