package io.patchbay.billing.admission;

import io.patchbay.accounts.Caller;
import io.patchbay.billing.Credits;
import io.patchbay.billing.ledger.InsufficientCredits;
import io.patchbay.billing.ledger.Ledger;
import io.patchbay.billing.ledger.Reservation;
import io.patchbay.billing.price.Price;
import io.patchbay.billing.price.PriceBook;
import io.patchbay.billing.price.PriceType;
import io.patchbay.foundation.problem.Problem;
import java.math.RoundingMode;
import java.time.InstantSource;
import java.util.Map;
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
    private final Ledger ledger;
    private final InstantSource clock;

    /** Makes the decision point over the site's prices and ledger. */
    public Admission(PriceBook prices, Ledger ledger, InstantSource clock) {
        this.prices = prices;
        this.ledger = ledger;
        this.clock = clock;
    }

    /**
     * Lets a request in that makes one thing, or refuses it; see
     * {@link #admit(Caller, String, long, long, int, String)}.
     */
    public Admitted admit(
            @Nullable Caller caller, String model, long inputTokensEstimate, long maxOutputTokens, String requestId) {
        return admit(caller, model, inputTokensEstimate, maxOutputTokens, 1, requestId);
    }

    /**
     * Lets a request in or refuses it. When this returns, the reservation is durable and must be settled or released.
     *
     * @param caller who asks, or null when not signed in
     * @param model the model as the user asked for it, without modifiers
     * @param inputTokensEstimate the estimated tokens of the prompt; negative counts as 0
     * @param maxOutputTokens the bound that the request sets on the answer, or 0 or less when it sets none
     * @param units how often a price for a call is held, which is once for each picture asked for; at least 1
     * @param requestId the key of the request, never used before
     * @throws IllegalArgumentException when there is less than one unit
     * @throws Problem of kind BAD_REQUEST when the model name is too long; FORBIDDEN when the model has no price and the caller is no administrator; UNAUTHENTICATED
     *     when the caller must sign in; PAYMENT, with the code {@link #INSUFFICIENT_QUOTA}, when credits are missing;
     *     UNAVAILABLE when the ledger cannot be written
     */
    public Admitted admit(
            @Nullable Caller caller,
            String model,
            long inputTokensEstimate,
            long maxOutputTokens,
            int units,
            String requestId) {
        if (units < 1) {
            throw new IllegalArgumentException("units must be at least 1, are " + units);
        }
        if (model.length() > MAX_MODEL_LENGTH) {
            throw Problem.badRequest("the model name has more than %d characters".formatted(MAX_MODEL_LENGTH));
        }
        Price price = prices.find(model).orElse(null);
        if (price == null) {
            if (caller == null || !caller.admin()) {
                throw Problem.forbidden("the price of the model is not set (model: %s)".formatted(model));
            }
            return reserve(caller, null, 0, units, model, requestId);
        }
        boolean free = price.rule().kind() == PriceType.NON_BILLING;
        if (caller == null && !(free && price.rule().anonymous())) {
            throw Problem.unauthenticated("not authenticated error (model: %s)".formatted(model));
        }
        long outputBound = maxOutputTokens > 0 ? maxOutputTokens : DEFAULT_OUTPUT_TOKENS;
        long micro = price.estimate(inputTokensEstimate, outputBound, units);
        return reserve(caller, price, micro, units, model, requestId);
    }

    private Admitted reserve(
            @Nullable Caller caller, @Nullable Price price, long micro, int units, String model, String requestId) {
        long user = caller == null ? ANONYMOUS : caller.userId();
        long version = price == null ? prices.version() : price.version();
        try {
            ledger.reserve(new Reservation(requestId, user, micro, model, version, clock.instant()));
        } catch (InsufficientCredits e) {
            throw notEnough(model, e);
        }
        return new Admitted(requestId, price, micro, units);
    }

    /** The web client recognises exactly this sentence and then offers to buy credits. */
    private static Problem notEnough(String model, InsufficientCredits e) {
        String sentence = "user quota is not enough error (model: %s, minimum quota: %s, your quota: %s)"
                .formatted(
                        model,
                        Credits.twoDecimals(e.needed(), RoundingMode.CEILING),
                        Credits.twoDecimals(e.available(), RoundingMode.FLOOR));
        return new Problem(Problem.Kind.PAYMENT, sentence, Map.of(CODE, INSUFFICIENT_QUOTA));
    }
}
