package io.patchbay.billing.admission;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.patchbay.accounts.Agent;
import io.patchbay.accounts.Caller;
import io.patchbay.billing.TokenUsage;
import io.patchbay.billing.ledger.Actor;
import io.patchbay.billing.ledger.Balance;
import io.patchbay.billing.ledger.PlanUnit;
import io.patchbay.billing.ledger.Settlement;
import io.patchbay.billing.plan.Plan;
import io.patchbay.billing.plan.PlanItem;
import io.patchbay.billing.plan.PlanSales;
import io.patchbay.billing.plan.PlanSettings;
import io.patchbay.billing.plan.Plans;
import io.patchbay.billing.plan.Plans.ItemUsage;
import io.patchbay.billing.policy.BillingPolicy;
import io.patchbay.billing.price.PriceBook;
import io.patchbay.billing.price.PriceRule;
import io.patchbay.billing.testing.LedgerFixture;
import io.patchbay.foundation.problem.Problem;
import io.patchbay.foundation.state.Bus;
import io.patchbay.foundation.state.SharedState;
import io.patchbay.foundation.testing.TestDatabase;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Plans and groups in the admission: who pays for what. */
final class PlanAdmissionTest {
    private static final Caller ANN = new Caller(7, "ann", false, Agent.API_KEY, "basic", 1);
    private static final Caller ROOT = new Caller(1, "root", true, Agent.SESSION, "basic", Caller.NO_KEY);
    private static final long HELD = 500_000;

    @TempDir
    private Path folder;

    private LedgerFixture test;
    private PriceBook prices;
    private Plans plans;
    private Admission admission;
    private int requests;

    @BeforeEach
    void open() {
        test = new LedgerFixture(TestDatabase.SQLITE, folder);
        Bus bus = SharedState.inProcess(test.clock()).bus();
        prices = PriceBook.open(test.database(), bus, test.clock());
        plans = Plans.open(test.database(), bus, test.clock());
        admission = new Admission(prices, plans, () -> BillingPolicy.DEFAULT, test.ledger(), test.clock());
        prices.sync(
                List.of(
                        rule("times-billing", "0.5", "image", "only-credits"),
                        rule("non-billing", "0", "free"),
                        rule("token-billing", "0.03", "chat")),
                false);
        plans(true);
        test.credit(7, 11_000_000);
        new PlanSales(plans, test.ledger(), test.clock()).buy(7, new Actor(7, "ann"), 1, 1);
    }

    @AfterEach
    void close() {
        assertThat(test.violations()).isEmpty();
        plans.close();
        prices.close();
        test.close();
    }

    @Test
    void aPlanPaysFirst() {
        Admitted admitted = admit(ANN, "image", PlanUse.SITE);

        assertThat(admitted.planItem()).isEqualTo("pictures");
        assertThat(admitted.reservedMicro()).isZero();
        assertThat(admitted.cost(new TokenUsage(10, 10, 0, 0, false))).isZero();
        assertThat(admitted.price()).as("kept for the receipt").isNotNull();
        assertThat(test.ledger().balance(7)).isEqualTo(new Balance(1_000_000, 0, 10_000_000));
        assertThat(plans.usage(7)).containsEntry("pictures", new ItemUsage(1, 2));

        test.ledger()
                .settle(admitted.requestId(), new Settlement(0, new TokenUsage(10, 10, 0, 0, false), ""))
                .join();
        assertThat(plans.usage(7)).containsEntry("pictures", new ItemUsage(1, 2));
    }

    @Test
    void aPlanPaysEvenForWhoHasNoCreditsLeft() {
        test.ledger().setBalance(7, -5, LedgerFixture.ADMIN, "test");

        assertThat(admit(ANN, "image", PlanUse.SITE).planItem()).isEqualTo("pictures");
    }

    @Test
    void aUsedUpPlanLeavesItToCredits() {
        admit(ANN, "image", PlanUse.SITE);
        admit(ANN, "image", PlanUse.SITE);

        Admitted third = admit(ANN, "image", PlanUse.SITE);
        assertThat(third.planItem()).isNull();
        assertThat(third.reservedMicro()).isEqualTo(HELD);
        admit(ANN, "image", PlanUse.SITE);
        Problem refusal = catchThrowableOfType(Problem.class, () -> admit(ANN, "image", PlanUse.SITE));

        assertThat(refusal.kind()).isEqualTo(Problem.Kind.PAYMENT);
        assertThat(refusal.detail())
                .isEqualTo("user quota is not enough error (model: image, minimum quota: 0.50, your quota: 0.00)");
        assertThat(plans.usage(7)).containsEntry("pictures", new ItemUsage(2, 2));
    }

    @Test
    void aRefusedRequestTakesNoUnit() {
        test.ledger().setBalance(7, 0, LedgerFixture.ADMIN, "test");

        assertThat(catchThrowableOfType(Problem.class, () -> admit(ANN, "only-credits", PlanUse.SITE))
                        .kind())
                .isEqualTo(Problem.Kind.PAYMENT);
        assertThat(plans.usage(7)).containsEntry("pictures", new ItemUsage(0, 2));
        assertThat(test.number("SELECT COUNT(*) FROM reservation")).isZero();
    }

    @Test
    void whetherPlansPayForRequestsByKeyIsTheAdministratorsChoice() {
        assertThat(admit(ANN, "image", PlanUse.RELAY).planItem()).isEqualTo("pictures");

        plans(false);

        assertThat(admit(ANN, "image", PlanUse.RELAY).planItem()).isNull();
        assertThat(admit(ANN, "image", PlanUse.SITE).planItem())
                .as("the site itself")
                .isEqualTo("pictures");
        assertThat(new Wish(ANN, "image", 0, 0, "r").planUse()).isEqualTo(PlanUse.RELAY);
    }

    @Test
    void somePlansNeverPay() {
        Admitted admitted = admit(ANN, "image", PlanUse.NEVER);

        assertThat(admitted.planItem()).isNull();
        assertThat(admitted.reservedMicro()).isEqualTo(HELD);
    }

    @Test
    void plansThatAreSwitchedOffPayNothing() {
        plans.update(before -> new PlanSettings(false, before.plans(), true, "UTC"));

        assertThat(admit(ANN, "image", PlanUse.SITE).planItem()).isNull();
    }

    @Test
    void whoHasNotSignedInHasNoPlan() {
        assertThat(catchThrowableOfType(Problem.class, () -> admit(null, "image", PlanUse.SITE))
                        .kind())
                .isEqualTo(Problem.Kind.UNAUTHENTICATED);
        assertThat(catchThrowableOfType(Problem.class, () -> admit(null, "unpriced", PlanUse.SITE))
                        .kind())
                .isEqualTo(Problem.Kind.FORBIDDEN);
    }

    @Test
    void aPlanPaysForAModelWithoutAPriceAndNothingElseDoes() {
        Admitted admitted = admit(ANN, "unpriced", PlanUse.SITE);

        assertThat(admitted.price()).isNull();
        assertThat(admitted.planItem()).isEqualTo("rare");
        Problem refusal = catchThrowableOfType(Problem.class, () -> admit(ANN, "unpriced", PlanUse.SITE));
        assertThat(refusal.kind()).as("the only unit is used").isEqualTo(Problem.Kind.FORBIDDEN);
        assertThat(refusal.detail()).isEqualTo("the price of the model is not set (model: unpriced)");
        assertThat(catchThrowableOfType(Problem.class, () -> admit(ANN, "unknown", PlanUse.SITE))
                        .kind())
                .isEqualTo(Problem.Kind.FORBIDDEN);

        test.ledger().release(admitted.requestId(), "failed").join();
        assertThat(admit(ANN, "unpriced", PlanUse.SITE).planItem())
                .as("given back")
                .isEqualTo("rare");
    }

    @Test
    void administratorsNeedNoUnitForAModelWithoutAPrice() {
        new PlanSales(plans, test.ledger(), test.clock())
                .setExpiry(1, LedgerFixture.ADMIN, test.clock().instant().plusSeconds(1_000));

        assertThat(admit(ROOT, "unpriced", PlanUse.SITE).planItem()).isNull();
        assertThat(plans.usage(1)).containsEntry("rare", new ItemUsage(0, 1));
    }

    @Test
    void freeModelsUseNoUnits() {
        assertThat(admit(ANN, "free", PlanUse.SITE).planItem()).isNull();

        prices.setGroups(Map.of("basic", BigDecimal.ZERO));
        Admitted free = admit(ANN, "image", PlanUse.SITE);
        assertThat(free.planItem()).as("free for the group").isNull();
        assertThat(free.reservedMicro()).isZero();
        assertThat(plans.usage(7)).containsEntry("pictures", new ItemUsage(0, 2));
        assertThat(admit(new Caller(8, "bob", false, Agent.API_KEY, "basic", 2), "image", PlanUse.RELAY)
                        .reservedMicro())
                .as("also without an account")
                .isZero();
    }

    @Test
    void theGroupsMultiplierCountsInTheHoldAndInTheCost() {
        prices.setGroups(Map.of("basic", new BigDecimal("0.5"), "pro", new BigDecimal("0.25")));
        TokenUsage usage = new TokenUsage(0, 1_000, 0, 0, false);

        Admitted basic = admission.admit(new Wish(ANN, "chat", 0, 2_000, 1, PlanUse.NEVER, "basic"));
        assertThat(basic.reservedMicro()).isEqualTo(30_000);
        assertThat(basic.cost(usage)).isEqualTo(15_000);
        Caller pro = new Caller(7, "ann", false, Agent.API_KEY, "pro", 1);
        assertThat(admission
                        .admit(new Wish(pro, "chat", 0, 2_000, 1, PlanUse.NEVER, "pro"))
                        .reservedMicro())
                .isEqualTo(15_000);
        Caller normal = new Caller(7, "ann", false, Agent.API_KEY, Caller.NORMAL_GROUP, 1);
        assertThat(admission
                        .admit(new Wish(normal, "chat", 0, 2_000, 1, PlanUse.NEVER, "normal"))
                        .reservedMicro())
                .isEqualTo(60_000);
        assertThat(test.number("SELECT COUNT(*) FROM reservation WHERE price_group = 'pro' AND micro = 15000"))
                .isEqualTo(1);
    }

    @Test
    void onePlannedRequestTakesOneUnitHoweverManyThingsItMakes() {
        Admitted three = admission.admit(new Wish(ANN, "image", 0, 0, 3, PlanUse.SITE, "three"));

        assertThat(three.planItem()).isEqualTo("pictures");
        assertThat(three.cost(new TokenUsage(0, 0, 0, 0, true), 3)).isZero();
        assertThat(plans.usage(7)).containsEntry("pictures", new ItemUsage(1, 2));
    }

    private Admitted admit(@Nullable Caller caller, String model, PlanUse use) {
        return admission.admit(new Wish(caller, model, 0, 0, 1, use, "r" + requests++));
    }

    private void plans(boolean relay) {
        Plan basic = new Plan(
                1,
                BigDecimal.ONE,
                List.of(
                        PlanItem.of("pictures", 2, "image", "free"),
                        PlanItem.of("rare", 1, "unpriced"),
                        PlanItem.of("talk", PlanUnit.UNLIMITED, "talk")),
                null);
        plans.update(new PlanSettings(true, List.of(basic), relay, null));
    }

    private static PriceRule rule(String type, String output, String... models) {
        return new PriceRule(-1, type, List.of(models), BigDecimal.ZERO, new BigDecimal(output), false);
    }
}
