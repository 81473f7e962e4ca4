package io.patchbay.billing;

import java.math.BigDecimal;
import java.math.RoundingMode;

/**
 * Converts between micro-credits, in which money is counted, and decimal credits, in which people read it.
 *
 * <p>One credit is 1,000,000 micro-credits. No floating-point number takes part.
 */
public final class Credits {
    /** The number of micro-credits in one credit. */
    public static final long MICRO_PER_CREDIT = 1_000_000;

    /**
     * The largest amount that one operation may move or cost, in micro-credits: 1,000,000,000 credits. It leaves room
     * for nine thousand such amounts in a {@code long}, so that sums over one account cannot overflow unnoticed.
     */
    public static final long MAX_MICRO = 1_000_000_000L * MICRO_PER_CREDIT;

    private static final int DECIMALS = 6;

    private Credits() {}

    /** Returns the exact value in credits, without trailing zeros; 12,345,678 micro-credits are {@code 12.345678}. */
    public static BigDecimal toDecimal(long micro) {
        BigDecimal credits = BigDecimal.valueOf(micro, DECIMALS).stripTrailingZeros();
        // 100 would otherwise be printed as 1E+2 by writers that do not ask for plain digits.
        return credits.scale() < 0 ? credits.setScale(0, RoundingMode.UNNECESSARY) : credits;
    }

    /**
     * Returns an amount of credits in micro-credits, rounded half up at the sixth decimal, because browsers send sums
     * such as {@code 0.30000000000000004}.
     *
     * @throws IllegalArgumentException when the amount is beyond {@link #MAX_MICRO} in either direction
     */
    public static long toMicro(BigDecimal credits) {
        // Compared before scaling: 1e999999999 must not be written out.
        if (credits.signum() != 0 && credits.precision() - (long) credits.scale() > 10) {
            throw tooLarge();
        }
        if (credits.signum() == 0 || credits.precision() - (long) credits.scale() < -DECIMALS) {
            return 0;
        }
        long micro = credits.movePointRight(DECIMALS)
                .setScale(0, RoundingMode.HALF_UP)
                .longValueExact();
        if (micro > MAX_MICRO || micro < -MAX_MICRO) {
            throw tooLarge();
        }
        return micro;
    }

    /** Returns the value in credits with exactly two decimals, rounded as told, for sentences that people read. */
    public static String twoDecimals(long micro, RoundingMode rounding) {
        return BigDecimal.valueOf(micro, DECIMALS).setScale(2, rounding).toPlainString();
    }

    private static IllegalArgumentException tooLarge() {
        return new IllegalArgumentException("an amount of credits must lie between -1000000000 and 1000000000");
    }
}
