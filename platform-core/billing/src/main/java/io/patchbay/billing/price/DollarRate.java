package io.patchbay.billing.price;

import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/**
 * How many yuan a US dollar is counted as where prices of others become credits: 10 credits are 1 yuan. Nothing is
 * rounded. Immutable.
 *
 * @param yuan above 0, at most 1,000, at most 6 decimals
 */
public record DollarRate(BigDecimal yuan) {
    private static final BigDecimal MOST = BigDecimal.valueOf(1_000);
    private static final BigDecimal CREDITS_PER_YUAN = BigDecimal.TEN;
    private static final int MAX_DECIMALS = 6;

    /** The rate that the original offers. */
    public static final DollarRate USUAL = new DollarRate(new BigDecimal("7.1"));

    /**
     * Checks the rate.
     *
     * @throws IllegalArgumentException with a sentence for the administrator when it cannot be used
     */
    public DollarRate {
        boolean usable = yuan.signum() > 0
                && yuan.compareTo(MOST) <= 0
                && yuan.stripTrailingZeros().scale() <= MAX_DECIMALS;
        if (!usable) {
            throw unusable(yuan);
        }
    }

    /** Returns a rate, or the usual one for null. */
    public static DollarRate of(@Nullable BigDecimal yuan) {
        return yuan == null ? USUAL : new DollarRate(yuan);
    }

    /**
     * Reads a rate; an empty text means the usual one.
     *
     * @throws IllegalArgumentException with a sentence for the administrator when it cannot be used
     */
    public static DollarRate parse(String text) {
        try {
            return text.isBlank() ? USUAL : new DollarRate(new BigDecimal(text.strip()));
        } catch (NumberFormatException e) {
            throw unusable(text.length() <= 40 ? text : text.substring(0, 40));
        }
    }

    /** Returns what so many dollars are in credits. */
    public BigDecimal creditsOfDollars(BigDecimal dollars) {
        return creditsOfYuan(dollars.multiply(yuan));
    }

    /** Returns what so many yuan are in credits. */
    public static BigDecimal creditsOfYuan(BigDecimal yuan) {
        return yuan.multiply(CREDITS_PER_YUAN);
    }

    private static IllegalArgumentException unusable(Object found) {
        return new IllegalArgumentException(
                "the rate of the dollar must be above 0, at most %s and have at most %d decimals; is '%s'"
                        .formatted(MOST, MAX_DECIMALS, found));
    }
}
