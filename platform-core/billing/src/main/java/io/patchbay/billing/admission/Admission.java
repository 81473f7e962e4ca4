package io.patchbay.billing.admission;

import io.patchbay.accounts.Caller;
import io.patchbay.billing.Credits;
import io.patchbay.billing.ledger.Held;
import io.patchbay.billing.ledger.InsufficientCredits;
import io.patchbay.billing.ledger.Ledger;
import io.patchbay.billing.ledger.PlanExhausted;
import io.patchbay.billing.ledger.PlanUnit;
import io.patchbay.billing.ledger.Reservation;
import io.patchbay.billing.plan.Plans;
import io.patchbay.billing.policy.BillingPolicy;
import io.patchbay.billing.price.Price;
import io.patchbay.billing.price.PriceBook;
import io.patchbay.billing.price.PriceTag;
import io.patchbay.billing.price.PriceType;
import io.patchbay.foundation.problem.Problem;
import java.math.RoundingMode;
import java.time.InstantSource;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Decides whether a caller may use a model now, and holds the credits for it.
 *
 * <p>The hold is what the prompt costs plus what an answer of the asked-for length would cost, so that a user with too
 * few credits is refused before the upstream has done any work. Safe for use by many threads.
 */
public final class Admission {
    /** The length of an answer, in tokens, that is assumed when the request does not bound it. */
    public static final long DEFAULT_OUTPUT_TOKENS = 1_000;

    /** The member of a {@link Problem} that carries the machine-readable cause. */
    public static final String CODE = "code";

    /** The code of a refusal for lack of credits. */
    public static final String INSUFFICIENT_QUOTA = "insufficient_quota";

    private static final long ANONYMOUS = 0;
    private static final int MAX_MODEL_LENGTH = 255;

    private final PriceBook prices;
    private final Plans plans;
    private final Supplier<BillingPolicy> policies;
    private final Ledger ledger;
    private final InstantSource clock;

    /**
     * Makes the decision point over the site's prices, plans and ledger.
     *
     * @param policies tells the policy in force; called for each request
     */
    public Admission(
            PriceBook prices, Plans plans, Supplier<BillingPolicy> policies, Ledger ledger, InstantSource clock) {
        this.prices = prices;
        this.plans = plans;
        this.policies = policies;
        this.ledger = ledger;
        this.clock = clock;
    }

    /**
     * Lets a request in or refuses it. When this returns, the reservation is durable and must be settled or released.
     *
     * <p>A unit of the caller's plan pays when the plan contains the model and has one left; else credits do. A plan pays
     * even for a model without a price.
     *
     * @throws Problem of kind BAD_REQUEST when the model name is too long; FORBIDDEN when the model has no price and the
     *     caller is no administrator; UNAUTHENTICATED when the caller must sign in; PAYMENT, with the code
     *     {@link #INSUFFICIENT_QUOTA}, when credits are missing; UNAVAILABLE when the ledger cannot be written
     */
    public Admitted admit(Wish wish) {
        if (wish.model().length() > MAX_MODEL_LENGTH) {
            throw Problem.badRequest("the model name has more than %d characters".formatted(MAX_MODEL_LENGTH));
        }
        Caller caller = wish.caller();
        String group = caller == null ? Caller.ANONYMOUS_GROUP : caller.group();
        Price price = prices.find(wish.model(), group).orElse(null);
        if (price == null) {
            return withoutPrice(wish, prices.tag(group));
        }
        boolean free = price.rule().kind() == PriceType.NON_BILLING;
        if (caller == null && !(free && price.rule().anonymous())) {
            throw Problem.unauthenticated("not authenticated error (model: %s)".formatted(wish.model()));
        }
        long outputBound = wish.maxOutputTokens() > 0 ? wish.maxOutputTokens() : DEFAULT_OUTPUT_TOKENS;
        long micro = price.estimate(wish.inputTokens(), outputBound, wish.units());
        return reserve(wish, price, price.tag(), micro, price.free() ? null : unit(wish, false));
    }

    private Admitted withoutPrice(Wish wish, PriceTag tag) {
        Caller caller = wish.caller();
        if (caller != null && caller.admin()) {
            return reserve(wish, null, tag, 0, null);
        }
        PlanUnit unit = unit(wish, true);
        if (unit != null) {
            try {
                return reserve(wish, null, tag, 0, unit);
            } catch (PlanExhausted e) {
                // Nothing but the plan could have paid.
            }
        }
        throw Problem.forbidden("the price of the model is not set (model: %s)".formatted(wish.model()));
    }

    private @Nullable PlanUnit unit(Wish wish, boolean alone) {
        Caller caller = wish.caller();
        boolean pays = switch (wish.planUse()) {
            case SITE -> true;
            case RELAY -> plans.settings().relayPlan();
            case NEVER -> false;
        };
        return caller == null || !pays
                ? null
                : plans.unit(caller.userId(), wish.model(), alone).orElse(null);
    }

    private Admitted reserve(Wish wish, @Nullable Price price, PriceTag tag, long micro, @Nullable PlanUnit unit) {
        Caller caller = wish.caller();
        long user = caller == null ? ANONYMOUS : caller.userId();
        try {
            Held held = ledger.reserve(
                    new Reservation(wish.requestId(), user, micro, wish.model(), tag, unit, clock.instant()));
            return new Admitted(wish.requestId(), price, held.micro(), wish.units(), held.planItem(), policies.get());
        } catch (InsufficientCredits e) {
            throw notEnough(wish.model(), e);
        }
    }

    /**
     * Returns the sentence for a lack of credits, by which the web client knows to offer some.
     *
     * @param needed how much would be needed, in micro-credits
     * @param available how much there is, in micro-credits
     */
    public static String notEnough(String model, long needed, long available) {
        return "user quota is not enough error (model: %s, minimum quota: %s, your quota: %s)"
                .formatted(
                        model,
                        Credits.twoDecimals(needed, RoundingMode.CEILING),
                        Credits.twoDecimals(available, RoundingMode.FLOOR));
    }

    private static Problem notEnough(String model, InsufficientCredits e) {
        return new Problem(
                Problem.Kind.PAYMENT, notEnough(model, e.needed(), e.available()), Map.of(CODE, INSUFFICIENT_QUOTA));
    }
}
