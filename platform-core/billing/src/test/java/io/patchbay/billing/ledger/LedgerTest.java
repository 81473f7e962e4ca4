package io.patchbay.billing.ledger;

import static io.patchbay.billing.testing.LedgerFixture.ADMIN;
import static io.patchbay.billing.testing.LedgerFixture.settlement;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.patchbay.billing.Credits;
import io.patchbay.billing.TokenUsage;
import io.patchbay.billing.testing.LedgerFixture;
import io.patchbay.foundation.problem.Problem;
import io.patchbay.foundation.testing.TestDatabase;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

final class LedgerTest {
    private static final String STRANGE = "client \"left\" \\ 离开 \uD83D\uDE00 '; --";

    @TempDir
    private Path folder;

    @ParameterizedTest
    @EnumSource
    void aReservationHoldsAndASettlementChargesWhatItReallyCost(TestDatabase kind) {
        try (LedgerFixture test = new LedgerFixture(kind, folder)) {
            test.credit(7, 1_000);

            test.reserve("a", 7, 300);
            assertThat(test.ledger().balance(7)).isEqualTo(new Balance(700, 300, 0));

            assertThat(test.settle("a", 120)).isEqualTo(new Outcome("a", Outcome.Kind.SETTLED, 120, 0, 880));
            assertThat(test.ledger().balance(7)).isEqualTo(new Balance(880, 0, 120));
            assertThat(test.ledger().balance(7).owned()).isEqualTo(880);
            assertThat(test.violations()).isEmpty();
        }
    }

    @ParameterizedTest
    @EnumSource
    void aReleaseGivesTheHoldBack(TestDatabase kind) {
        try (LedgerFixture test = new LedgerFixture(kind, folder)) {
            test.credit(7, 1_000);
            test.reserve("a", 7, 300);

            assertThat(test.ledger().release("a", "upstream refused").join())
                    .isEqualTo(new Outcome("a", Outcome.Kind.RELEASED, 0, 0, 1_000));

            assertThat(test.ledger().balance(7)).isEqualTo(new Balance(1_000, 0, 0));
            assertThat(test.violations()).isEmpty();
        }
    }

    @ParameterizedTest
    @EnumSource
    void whatIsNotThereCannotBeHeld(TestDatabase kind) {
        try (LedgerFixture test = new LedgerFixture(kind, folder)) {
            test.credit(7, 1_000);
            test.reserve("a", 7, 600);

            InsufficientCredits refusal =
                    catchThrowableOfType(InsufficientCredits.class, () -> test.reserve("b", 7, 401));
            assertThat(refusal.available()).isEqualTo(400);
            assertThat(refusal.needed()).isEqualTo(401);
            assertThat(test.ledger().outcome("b")).isEmpty();
            assertThat(test.number("SELECT COUNT(*) FROM reservation WHERE request_id = 'b'"))
                    .isZero();

            test.credit(7, 1);
            test.reserve("b", 7, 401);
            assertThat(test.ledger().balance(7)).isEqualTo(new Balance(0, 1_001, 0));
        }
    }

    @ParameterizedTest
    @EnumSource
    void aUserWithoutAnAccountHasNothing(TestDatabase kind) {
        try (LedgerFixture test = new LedgerFixture(kind, folder)) {
            assertThat(test.ledger().balance(7)).isEqualTo(Balance.ZERO);
            assertThatThrownBy(() -> test.reserve("a", 7, 1)).isInstanceOf(InsufficientCredits.class);
            assertThat(test.number("SELECT COUNT(*) FROM credit_account")).isZero();
        }
    }

    @ParameterizedTest
    @EnumSource
    void repeatedStepsChangeNothing(TestDatabase kind) {
        try (LedgerFixture test = new LedgerFixture(kind, folder)) {
            test.credit(7, 1_000);
            test.reserve("a", 7, 300);
            test.reserve("a", 7, 300);
            assertThat(test.ledger().balance(7).reserved()).isEqualTo(300);

            Outcome first = test.settle("a", 120);
            assertThat(test.settle("a", 999)).isEqualTo(first);
            assertThat(test.ledger().release("a", "late").join()).isEqualTo(first);
            assertThat(test.ledger().outcome("a")).contains(first);

            test.reserve("a", 7, 300);
            assertThat(test.ledger().balance(7)).isEqualTo(new Balance(880, 0, 120));
            assertThat(test.violations()).isEmpty();
        }
    }

    @ParameterizedTest
    @EnumSource
    void aSettlementAfterAReleaseLearnsOfTheRelease(TestDatabase kind) {
        try (LedgerFixture test = new LedgerFixture(kind, folder)) {
            test.credit(7, 1_000);
            test.reserve("a", 7, 300);
            Outcome released = test.ledger().release("a", "client left").join();

            assertThat(test.settle("a", 120)).isEqualTo(released);
            assertThat(test.ledger().balance(7)).isEqualTo(new Balance(1_000, 0, 0));
        }
    }

    @ParameterizedTest
    @EnumSource
    void contradictionsAreRefused(TestDatabase kind) {
        try (LedgerFixture test = new LedgerFixture(kind, folder)) {
            test.credit(7, 1_000);
            test.credit(8, 1_000);
            test.reserve("a", 7, 300);

            assertThatIllegalArgumentException().isThrownBy(() -> test.reserve("a", 7, 301));
            assertThatIllegalArgumentException().isThrownBy(() -> test.reserve("a", 8, 300));
            assertThatThrownBy(() -> test.settle("unknown", 1))
                    .hasCauseInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("request unknown has no reservation");
            assertThat(test.ledger().balance(8)).isEqualTo(new Balance(1_000, 0, 0));
        }
    }

    @ParameterizedTest
    @EnumSource
    void aCostBeyondTheHoldIsChargedFromWhatIsAvailable(TestDatabase kind) {
        try (LedgerFixture test = new LedgerFixture(kind, folder)) {
            test.credit(7, 1_000);
            test.reserve("a", 7, 100);

            assertThat(test.settle("a", 900)).isEqualTo(new Outcome("a", Outcome.Kind.SETTLED, 900, 0, 100));
        }
    }

    @ParameterizedTest
    @EnumSource
    void oneHoldIsTheFurthestThatAnAccountCanBeOverdrawn(TestDatabase kind) {
        try (LedgerFixture test = new LedgerFixture(kind, folder)) {
            test.credit(7, 1_000);
            test.reserve("a", 7, 100);

            assertThat(test.settle("a", 50_000)).isEqualTo(new Outcome("a", Outcome.Kind.SETTLED, 1_100, 48_900, -100));
            assertThat(test.ledger().balance(7)).isEqualTo(new Balance(-100, 0, 1_100));
            assertThatThrownBy(() -> test.reserve("b", 7, 1)).isInstanceOf(InsufficientCredits.class);
            assertThat(test.violations()).isEmpty();
        }
    }

    @ParameterizedTest
    @EnumSource
    void manyOverrunsTogetherStayWithinOneHold(TestDatabase kind) {
        try (LedgerFixture test = new LedgerFixture(kind, folder)) {
            test.credit(7, 1_000);
            for (int i = 0; i < 10; i++) {
                test.reserve("r" + i, 7, 100);
            }

            for (int i = 0; i < 10; i++) {
                Outcome outcome = test.settle("r" + i, 100_000);
                assertThat(outcome.charged() + outcome.writtenOff()).isEqualTo(100_000);
                assertThat(outcome.charged()).isGreaterThanOrEqualTo(100);
                assertThat(test.ledger().balance(7).available()).isGreaterThanOrEqualTo(-100);
            }

            assertThat(test.ledger().balance(7)).isEqualTo(new Balance(-100, 0, 1_100));
            assertThat(test.violations()).isEmpty();
        }
    }

    @ParameterizedTest
    @EnumSource
    void anOverrunDoesNotTakeWhatOthersHold(TestDatabase kind) {
        try (LedgerFixture test = new LedgerFixture(kind, folder)) {
            test.credit(7, 1_000);
            test.reserve("big", 7, 900);
            test.reserve("small", 7, 100);

            assertThat(test.settle("small", 5_000).charged()).isEqualTo(200);
            assertThat(test.settle("big", 900).charged()).isEqualTo(900);
            assertThat(test.ledger().balance(7).owned()).isEqualTo(-100);
        }
    }

    @ParameterizedTest
    @EnumSource
    void freeRequestsAreRecordedAndCanAlwaysStart(TestDatabase kind) {
        try (LedgerFixture test = new LedgerFixture(kind, folder)) {
            test.reserve("a", 7, 0);
            assertThat(test.settle("a", 0)).isEqualTo(new Outcome("a", Outcome.Kind.SETTLED, 0, 0, 0));

            test.credit(7, -50);
            test.reserve("b", 7, 0);
            assertThat(test.settle("b", 10)).isEqualTo(new Outcome("b", Outcome.Kind.SETTLED, 0, 10, -50));

            assertThat(test.number("SELECT COUNT(*) FROM reservation WHERE state = 'SETTLED'"))
                    .isEqualTo(2);
            assertThat(test.violations()).isEmpty();
        }
    }

    @ParameterizedTest
    @EnumSource
    void creditsWithTheSameKeyAreAddedOnce(TestDatabase kind) {
        try (LedgerFixture test = new LedgerFixture(kind, folder)) {
            assertThat(test.ledger().creditOnce("order:1", 7, 500, ADMIN, "order 1"))
                    .isEqualTo(new Balance(500, 0, 0));
            assertThat(test.ledger().creditOnce("order:1", 7, 500, ADMIN, "order 1"))
                    .isEqualTo(new Balance(500, 0, 0));
            assertThat(test.ledger().credit(7, 5, ADMIN, "gift")).isEqualTo(new Balance(505, 0, 0));
            assertThat(test.ledger().credit(7, 5, ADMIN, "gift")).isEqualTo(new Balance(510, 0, 0));
        }
    }

    @ParameterizedTest
    @EnumSource
    void aBalanceCanBeSetWhileRequestsRun(TestDatabase kind) {
        try (LedgerFixture test = new LedgerFixture(kind, folder)) {
            test.credit(7, 1_000);
            test.reserve("a", 7, 300);

            assertThat(test.ledger().setBalance(7, 200, ADMIN, "correction")).isEqualTo(new Balance(-100, 300, 0));

            assertThat(test.settle("a", 300).balanceAfter()).isEqualTo(-100);
            assertThat(test.violations()).isEmpty();
        }
    }

    @ParameterizedTest
    @EnumSource
    void everyEntryExplainsItself(TestDatabase kind) {
        try (LedgerFixture test = new LedgerFixture(kind, folder)) {
            test.credit(7, 1_000);
            test.reserve("a", 7, 300);
            test.ledger()
                    .settle("a", new Settlement(120, new TokenUsage(10, 20, 5, 7, true), STRANGE))
                    .join();
            test.ledger().setBalance(7, 10, ADMIN, "correction");

            List<LedgerEntry> entries = test.ledger().entries(7, Long.MAX_VALUE, 10);

            assertThat(entries)
                    .extracting(LedgerEntry::kind)
                    .containsExactly(LedgerEntry.Kind.SET, LedgerEntry.Kind.SETTLE, LedgerEntry.Kind.CREDIT);
            assertThat(entries).extracting(LedgerEntry::micro).containsExactly(-870L, -120L, 1_000L);
            assertThat(entries).extracting(LedgerEntry::balanceAfter).containsExactly(10L, 880L, 1_000L);
            assertThat(entries).extracting(LedgerEntry::actor).containsExactly("1:root", "0:server", "1:root");
            LedgerEntry charge = entries.get(1);
            assertThat(charge.usage()).isEqualTo(new TokenUsage(10, 20, 5, 7, true));
            assertThat(charge.model()).isEqualTo("gpt-4o");
            assertThat(charge.priceVersion()).isEqualTo(3);
            assertThat(charge.reason()).isEqualTo(STRANGE);
            assertThat(charge.at()).isEqualTo(test.clock().instant());
            assertThat(test.ledger().entries(7, charge.id(), 10)).containsExactly(entries.get(2));
            assertThat(test.ledger().balances(List.of(6L, 7L))).containsOnlyKeys(7L);
        }
    }

    @ParameterizedTest
    @EnumSource
    void exactlyAsManyParallelRequestsPassAsThereAreCredits(TestDatabase kind) throws Exception {
        try (LedgerFixture test = new LedgerFixture(kind, folder)) {
            test.credit(7, 1_000 * Credits.MICRO_PER_CREDIT);

            List<Callable<Boolean>> calls = IntStream.range(0, 3_000)
                    .<Callable<Boolean>>mapToObj(i -> () -> {
                        try {
                            test.reserve("r" + i, 7, Credits.MICRO_PER_CREDIT);
                            return true;
                        } catch (InsufficientCredits e) {
                            return false;
                        }
                    })
                    .toList();

            assertThat(inParallel(calls).stream().filter(passed -> passed)).hasSize(1_000);
            assertThat(test.ledger().balance(7)).isEqualTo(new Balance(0, 1_000 * Credits.MICRO_PER_CREDIT, 0));
            assertThat(test.violations()).isEmpty();
        }
    }

    @ParameterizedTest
    @EnumSource
    void twoLedgersOnOneDatabaseCannotOverspendTogether(TestDatabase kind) throws Exception {
        if (kind == TestDatabase.SQLITE) {
            return; // one process, one ledger
        }
        try (LedgerFixture test = new LedgerFixture(kind, folder);
                Ledger other = Ledger.start(test.database(), new NodeIdentity("node-2", "process-2"), test.clock())) {
            test.credit(7, 500);
            List<Callable<Boolean>> calls = IntStream.range(0, 1_000)
                    .<Callable<Boolean>>mapToObj(i -> () -> {
                        Ledger ledger = i % 2 == 0 ? test.ledger() : other;
                        try {
                            ledger.reserve(test.reservation("r" + i, 7, 1));
                        } catch (InsufficientCredits e) {
                            return false;
                        }
                        // Both try to end it; one of them wins, and both learn the same.
                        CompletableFuture<Outcome> settled = test.ledger().settle("r" + i, settlement(1));
                        CompletableFuture<Outcome> released = other.release("r" + i, "race");
                        assertThat(settled.join()).isEqualTo(released.join());
                        return true;
                    })
                    .toList();

            assertThat(inParallel(calls).stream().filter(passed -> passed)).hasSizeGreaterThanOrEqualTo(500);
            assertThat(test.ledger().balance(7).reserved()).isZero();
            assertThat(test.violations()).isEmpty();
        }
    }

    @ParameterizedTest
    @EnumSource
    void aClosedLedgerRefusesButHasFinishedWhatItTook(TestDatabase kind) {
        try (LedgerFixture test = new LedgerFixture(kind, folder)) {
            test.credit(7, 1_000);
            test.reserve("a", 7, 300);
            Ledger closed = test.ledger();
            CompletableFuture<Outcome> last = closed.settle("a", settlement(10));

            closed.close();
            closed.close();

            assertThat(last.join().charged()).isEqualTo(10);
            assertThatThrownBy(() -> closed.reserve(test.reservation("b", 7, 1)))
                    .isInstanceOfSatisfying(
                            Problem.class, problem -> assertThat(problem.kind()).isEqualTo(Problem.Kind.UNAVAILABLE));
        }
    }

    private static <T> List<T> inParallel(List<Callable<T>> calls) throws Exception {
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<T> results = new java.util.ArrayList<>();
            for (Future<T> future : threads.invokeAll(calls)) {
                results.add(future.get());
            }
            return results;
        }
    }
}
