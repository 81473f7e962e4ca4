package io.patchbay.billing.admission;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.patchbay.accounts.Agent;
import io.patchbay.accounts.Caller;
import io.patchbay.billing.TokenUsage;
import io.patchbay.billing.ledger.Balance;
import io.patchbay.billing.ledger.Settlement;
import io.patchbay.billing.plan.Plans;
import io.patchbay.billing.policy.BillingPolicy;
import io.patchbay.billing.price.PriceBook;
import io.patchbay.billing.price.PriceRule;
import io.patchbay.billing.testing.LedgerFixture;
import io.patchbay.foundation.ids.RequestId;
import io.patchbay.foundation.problem.Problem;
import io.patchbay.foundation.state.Bus;
import io.patchbay.foundation.state.SharedState;
import io.patchbay.foundation.testing.TestDatabase;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class AdmissionTest {
    private static final Caller USER = new Caller(7, "ann", false, Agent.API_KEY, Caller.NORMAL_GROUP, 1);
    private static final Caller ADMIN = new Caller(1, "root", true, Agent.SESSION, Caller.NORMAL_GROUP, Caller.NO_KEY);

    @TempDir
    private Path folder;

    private LedgerFixture test;
    private PriceBook prices;
    private Plans plans;
    private Admission admission;

    @BeforeEach
    void open() {
        test = new LedgerFixture(TestDatabase.SQLITE, folder);
        Bus bus = SharedState.inProcess(test.clock()).bus();
        prices = PriceBook.open(test.database(), bus, test.clock());
        plans = Plans.open(test.database(), bus, test.clock());
        admission = new Admission(prices, plans, () -> BillingPolicy.DEFAULT, test.ledger(), test.clock());
        rule("non-billing", "0", "0", false, "free");
        rule("non-billing", "0", "0", true, "open");
        rule("times-billing", "0", "0.5", true, "image");
        rule("token-billing", "0.01", "0.03", false, "chat");
    }

    @AfterEach
    void close() {
        plans.close();
        prices.close();
        test.close();
    }

    @Test
    void aModelWithoutAPriceIsForAdministratorsOnly() {
        Problem refusal = refusal(USER, "unset", 10, 10);

        assertThat(refusal.kind()).isEqualTo(Problem.Kind.FORBIDDEN);
        assertThat(refusal.detail()).isEqualTo("the price of the model is not set (model: unset)");
        assertThat(refusal(null, "unset", 10, 10).detail())
                .isEqualTo("the price of the model is not set (model: unset)");

        Admitted admitted = admit(ADMIN, "unset", 10, 10, "r");
        assertThat(admitted).isEqualTo(new Admitted("r", null, 0));
        assertThat(admitted.cost(new TokenUsage(1_000, 1_000, 0, 0, false))).isZero();
        assertThat(test.number("SELECT COUNT(*) FROM reservation WHERE request_id = 'r' AND micro = 0"))
                .isEqualTo(1);
    }

    @Test
    void freeModelsNeedAUserUnlessTheRuleSaysOtherwise() {
        assertThat(admit(USER, "free", 10, 10, RequestId.next()).reservedMicro())
                .isZero();
        assertThat(admit(null, "open", 10, 10, RequestId.next()).reservedMicro())
                .isZero();
        assertThat(test.number("SELECT COUNT(*) FROM reservation")).isEqualTo(2);

        Problem refusal = refusal(null, "free", 10, 10);
        assertThat(refusal.kind()).isEqualTo(Problem.Kind.UNAUTHENTICATED);
        assertThat(refusal.detail()).isEqualTo("not authenticated error (model: free)");
    }

    @Test
    void pricedModelsNeedAUserEvenWhenTheRuleIsOpen() {
        assertThat(refusal(null, "image", 0, 0).detail()).isEqualTo("not authenticated error (model: image)");
    }

    @Test
    void theHoldIsThePromptPlusTheBoundedAnswer() {
        test.credit(7, 1_000_000);

        assertThat(admit(USER, "chat", 500, 100, RequestId.next()).reservedMicro())
                .isEqualTo(5_000 + 3_000);
        assertThat(admit(USER, "chat", 500, 0, RequestId.next()).reservedMicro())
                .isEqualTo(5_000 + 30_000);
        assertThat(admit(USER, "chat", -5, -1, RequestId.next()).reservedMicro())
                .isEqualTo(30_000);
        assertThat(admit(USER, "image", 500, 100, RequestId.next()).reservedMicro())
                .isEqualTo(500_000);
        assertThat(test.ledger().balance(7)).isEqualTo(new Balance(427_000, 573_000, 0));
    }

    @Test
    void aPriceForACallIsHeldForEachUnitAskedFor() {
        test.credit(7, 2_000_000);

        Admitted three = admit(USER, "image", 500, 100, 3, "three");

        assertThat(three)
                .isEqualTo(new Admitted("three", prices.find("image", "normal").orElseThrow(), 1_500_000, 3));
        assertThat(test.number("SELECT micro FROM reservation WHERE request_id = 'three'"))
                .isEqualTo(1_500_000);
        assertThat(admit(USER, "chat", 500, 100, 3, RequestId.next()).reservedMicro())
                .as("tokens are counted whatever they are for")
                .isEqualTo(8_000);
        assertThat(test.ledger().balance(7)).isEqualTo(new Balance(492_000, 1_508_000, 0));
    }

    @Test
    void onlyUnitsThatWereMadeAreChargedAndNoMoreThanWereAskedFor() {
        test.credit(7, 2_000_000);
        TokenUsage used = new TokenUsage(12, 0, 0, 0, true);
        Admitted three = admit(USER, "image", 500, 100, 3, "three");

        assertThat(three.cost(used, 2)).isEqualTo(1_000_000);
        assertThat(three.cost(used, 9)).isEqualTo(1_500_000);
        assertThat(three.cost(used, 0)).isEqualTo(500_000);
        assertThat(three.cost(used)).isEqualTo(1_500_000);
        assertThat(three.charged(2)).isEqualTo(2);
        test.ledger()
                .settle("three", new Settlement(three.cost(used, 2), used, "2 pictures"))
                .join();
        assertThat(test.ledger().balance(7)).isEqualTo(new Balance(1_000_000, 0, 1_000_000));
        assertThat(test.violations()).isEmpty();
    }

    @Test
    void moreUnitsThanThereAreCreditsForAreRefused() {
        test.credit(7, 1_000_000);

        Problem refusal = catchThrowableOfType(Problem.class, () -> admit(USER, "image", 0, 0, 3, RequestId.next()));

        assertThat(refusal.kind()).isEqualTo(Problem.Kind.PAYMENT);
        assertThat(refusal.detail())
                .isEqualTo("user quota is not enough error (model: image, minimum quota: 1.50, your quota: 1.00)");
        assertThat(admit(USER, "image", 0, 0, 2, RequestId.next()).reservedMicro())
                .isEqualTo(1_000_000);
    }

    @Test
    void aRequestForNothingIsAMistakeOfTheCaller() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> admit(USER, "free", 0, 0, 0, RequestId.next()))
                .withMessage("units must be at least 1, are 0");
        assertThat(test.number("SELECT COUNT(*) FROM reservation")).isZero();
    }

    @Test
    void tooFewCreditsAreToldInTheSentenceThatTheClientKnows() {
        test.credit(7, 499_999);

        Problem refusal = refusal(USER, "image", 0, 0);

        assertThat(refusal.kind()).isEqualTo(Problem.Kind.PAYMENT);
        assertThat(refusal.kind().status()).isEqualTo(402);
        assertThat(refusal.fields()).containsEntry("code", "insufficient_quota");
        assertThat(refusal.detail())
                .isEqualTo("user quota is not enough error (model: image, minimum quota: 0.50, your quota: 0.49)")
                .matches("user quota is not enough error \\(model: (.*), minimum quota: (.*), your quota: (.*)\\)");
    }

    @Test
    void aBalanceOfZeroDoesNotPassForCallsWithoutAnInputPrice() {
        assertThat(refusal(USER, "image", 0, 0).detail())
                .isEqualTo("user quota is not enough error (model: image, minimum quota: 0.50, your quota: 0.00)");
    }

    @Test
    void whatRunningRequestsHoldCannotBeUsedTwice() {
        test.credit(7, 500_000);
        admit(USER, "image", 0, 0, RequestId.next());

        assertThat(refusal(USER, "image", 0, 0).kind()).isEqualTo(Problem.Kind.PAYMENT);
    }

    @Test
    void administratorsPayWhereThereIsAPrice() {
        assertThat(refusal(ADMIN, "image", 0, 0).kind()).isEqualTo(Problem.Kind.PAYMENT);
    }

    @Test
    void endlessModelNamesAreRefused() {
        assertThat(refusal(ADMIN, "x".repeat(256), 0, 0).kind()).isEqualTo(Problem.Kind.BAD_REQUEST);
    }

    private Problem refusal(@Nullable Caller caller, String model, long input, long output) {
        return catchThrowableOfType(Problem.class, () -> admit(caller, model, input, output, RequestId.next()));
    }

    private Admitted admit(@Nullable Caller caller, String model, long input, long output, String request) {
        return admission.admit(new Wish(caller, model, input, output, request));
    }

    private Admitted admit(@Nullable Caller caller, String model, long input, long output, int units, String request) {
        return admission.admit(new Wish(caller, model, input, output, units, PlanUse.RELAY, request));
    }

    private void rule(String type, String input, String output, boolean anonymous, String model) {
        prices.set(new PriceRule(-1, type, List.of(model), new BigDecimal(input), new BigDecimal(output), anonymous));
    }
}
