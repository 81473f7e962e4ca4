package io.patchbay.billing.price;

import io.patchbay.billing.Credits;
import io.patchbay.billing.TokenUsage;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Objects;

/**
 * The price of one model at one version of the price list. Immutable.
 *
 * <p>All results are whole micro-credits, rounded up, so that a call with a price never costs nothing; they are never
 * negative and never exceed {@link Credits#MAX_MICRO}. Tokens read from the provider's prompt cache cost the input price.
 *
 * @param rule the first rule of the list that names the model
 * @param version the version of the price list, kept with each charge so that it can be computed again
 */
public record Price(PriceRule rule, long version) {
    private static final int MICRO_FOR_ONE_TOKEN = 3; // 10^6 micro-credits a credit, prices are for 10^3 tokens
    private static final int MICRO_FOR_ONE_CALL = 6;
    private static final BigDecimal MOST_UNITS = BigDecimal.valueOf(Integer.MAX_VALUE);
    private static final BigDecimal LIMIT = BigDecimal.valueOf(Credits.MAX_MICRO);

    /** Checks the parts. */
    public Price {
        Objects.requireNonNull(rule, "rule is null");
    }

    /** Returns whether no call at this price ever costs anything. */
    public boolean free() {
        return switch (rule.kind()) {
            case NON_BILLING -> true;
            case TIMES_BILLING -> rule.output().signum() == 0;
            case TOKEN_BILLING -> rule.input().signum() == 0 && rule.output().signum() == 0;
        };
    }

    /**
     * Returns what to hold before a call that makes one thing, in micro-credits; see
     * {@link #estimate(long, long, int)}.
     */
    public long estimate(long inputTokens, long outputTokensBound) {
        return estimate(inputTokens, outputTokensBound, 1);
    }

    /**
     * Returns what to hold before a call, in micro-credits.
     *
     * @param inputTokens estimated prompt tokens; negative counts as 0
     * @param outputTokensBound the most tokens the answer is expected to have, all units together; negative counts as 0
     * @param units how often a price for a call is held, which is once for each picture asked for; less than 1 counts
     *     as 1
     */
    public long estimate(long inputTokens, long outputTokensBound, int units) {
        return micro(inputTokens, outputTokensBound, units);
    }

    /** Returns what a finished call costs that made one thing, in micro-credits; see {@link #cost(TokenUsage, int)}. */
    public long cost(TokenUsage usage) {
        return cost(usage, 1);
    }

    /**
     * Returns what a finished call costs, in micro-credits.
     *
     * @param units how often a price for a call is charged, which is once for each picture made; less than 1 counts
     *     as 1
     */
    public long cost(TokenUsage usage, int units) {
        return micro(usage.input(), usage.output(), units);
    }

    /**
     * Returns for how many units that much was held; 1 where the price does not go by calls.
     *
     * @param heldMicro what {@link #estimate(long, long, int)} returned
     */
    public int units(long heldMicro) {
        if (rule.kind() != PriceType.TIMES_BILLING || rule.output().signum() == 0) {
            return 1;
        }
        BigDecimal units = BigDecimal.valueOf(heldMicro)
                .divideToIntegralValue(rule.output().movePointRight(MICRO_FOR_ONE_CALL));
        return units.max(BigDecimal.ONE).min(MOST_UNITS).intValueExact();
    }

    private long micro(long inputTokens, long outputTokens, int units) {
        BigDecimal exact = switch (rule.kind()) {
            case NON_BILLING -> BigDecimal.ZERO;
            case TIMES_BILLING -> times(Math.max(1, units), rule.output()).movePointRight(MICRO_FOR_ONE_CALL);
            case TOKEN_BILLING ->
                times(inputTokens, rule.input())
                        .add(times(outputTokens, rule.output()))
                        .movePointRight(MICRO_FOR_ONE_TOKEN);
        };
        return exact.min(LIMIT).setScale(0, RoundingMode.CEILING).longValueExact();
    }

    private static BigDecimal times(long count, BigDecimal price) {
        return count <= 0 ? BigDecimal.ZERO : price.multiply(BigDecimal.valueOf(count));
    }
}
