package io.patchbay.relay.call;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchbay.billing.admission.Admitted;
import io.patchbay.billing.ledger.Held;
import io.patchbay.billing.policy.BillingPolicy;
import io.patchbay.billing.policy.BillingPolicy.Spent;
import io.patchbay.billing.price.Price;
import io.patchbay.billing.price.PriceRule;
import io.patchbay.relay.exchange.Serial;
import java.math.BigDecimal;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** One token of an answer costs one credit here, and a thousand are held at first. */
final class SpendGuardTest {
    private static final long CREDIT = 1_000_000;

    /** What the ledger was asked for and has not answered yet. */
    private record Asked(long micro, CompletableFuture<Held> answer) {}

    private final Deque<Asked> asked = new ArrayDeque<>();
    private long held = 1_000 * CREDIT;
    private long exact;
    private int stops;

    @Test
    void anAnswerThatIsCheapEnoughAsksForNothing() {
        SpendGuard guard = guard(Spent.STOP, "token-billing");

        guard.look(500);
        guard.look(800);

        assertThat(asked).isEmpty();
    }

    @Test
    void moreIsHeldBeforeTheAnswerOutgrowsWhatIsHeld() {
        SpendGuard guard = guard(Spent.STOP, "token-billing");

        guard.look(900);

        assertThat(asked.getFirst().micro()).isEqualTo(1_000 * CREDIT);
        grantAll();
        assertThat(guard.held()).isEqualTo(2_000 * CREDIT);
        assertThat(asked).isEmpty();
        assertThat(stops).isZero();
    }

    @Test
    void anAnswerThatRanAheadOfTheLedgerIsNotStoppedWhileAllIsGranted() {
        SpendGuard guard = guard(Spent.STOP, "token-billing");
        guard.look(900);
        guard.look(9_000);
        exact = 9_000;

        grantAll();

        assertThat(stops).isZero();
        assertThat(asked)
                .as("it asks again, for as much as the answer is ahead")
                .hasSize(1);
        assertThat(asked.getFirst().micro()).isEqualTo(8_000 * CREDIT);
        grantAll();
        assertThat(guard.held()).isEqualTo(10_000 * CREDIT);
        assertThat(stops).isZero();
    }

    @Test
    void anAnswerThatNothingCanPayForIsStopped() {
        SpendGuard guard = guard(Spent.STOP, "token-billing");
        guard.look(900);
        guard.look(1_100);
        exact = 1_100;

        grant(50 * CREDIT);

        assertThat(stops).isEqualTo(1);
    }

    @Test
    void nobodyIsStoppedForTokensThatWereOnlyEstimated() {
        SpendGuard guard = guard(Spent.STOP, "token-billing");
        guard.look(900);
        guard.look(1_100);
        exact = 980;

        grant(0);

        assertThat(stops).isZero();
        guard.look(1_300);
        exact = 1_150;
        grant(0);
        assertThat(stops).isEqualTo(1);
    }

    @Test
    void theAnswerGoesOnWhereTheSiteWantsItOrTheLedgerIsAway() {
        SpendGuard patient = guard(Spent.GO_ON, "token-billing");
        patient.look(2_000);
        exact = 2_000;
        grant(0);
        SpendGuard guard = guard(Spent.STOP, "token-billing");
        guard.look(2_000);
        asked.removeFirst().answer().completeExceptionally(new IllegalStateException("away"));

        assertThat(stops).isZero();
    }

    @Test
    void aPriceForACallIsNotWatched() {
        SpendGuard guard = guard(Spent.STOP, "times-billing");

        guard.look(1_000_000);

        assertThat(asked).isEmpty();
    }

    private SpendGuard guard(Spent spent, String type) {
        PriceRule rule = new PriceRule(1, type, List.of("m"), BigDecimal.ZERO, BigDecimal.valueOf(1_000), false);
        Admitted admitted =
                new Admitted("r", new Price(rule, 1), held, 1, null, new BillingPolicy(null, null, null, spent));
        return new SpendGuard(
                (request, micro) -> {
                    Asked one = new Asked(micro, new CompletableFuture<>());
                    asked.add(one);
                    return one.answer();
                },
                admitted,
                new Serial(),
                0,
                () -> exact,
                () -> stops++);
    }

    private void grantAll() {
        grant(asked.getFirst().micro());
    }

    private void grant(long micro) {
        held += micro;
        asked.removeFirst().answer().complete(new Held(held, null));
    }
}
