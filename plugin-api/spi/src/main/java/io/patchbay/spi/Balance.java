package io.patchbay.spi;

import java.math.BigDecimal;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What is left on the account behind a key, in one currency. Amounts are as exact as the vendor writes them and may be
 * below zero for an account in debt.
 *
 * @param left what may still be spent
 * @param total what was put in altogether, {@code null} when the vendor does not say
 * @param used what was spent of it, {@code null} when the vendor does not say
 * @param currency as the vendor names it, for example {@code CNY} or {@code credits}; empty when it names none
 * @param part the part of the account this speaks of, for example {@code granted}; empty for all that can be spent.
 *     Parts are contained in the whole, not added to it
 * @throws IllegalArgumentException when an amount has more than {@value #MOST_DIGITS} digits before or behind its point
 */
public record Balance(
        BigDecimal left,
        @Nullable BigDecimal total,
        @Nullable BigDecimal used,
        String currency,
        String part) {
    /** The most digits an amount has before its point, and behind it. */
    public static final int MOST_DIGITS = 40;

    public Balance {
        checked(Objects.requireNonNull(left, "left is null"));
        checked(total);
        checked(used);
        Objects.requireNonNull(currency, "currency is null, use an empty text when it has no name");
        Objects.requireNonNull(part, "part is null, use an empty text for the whole account");
    }

    /** Returns whether the number can be an amount: it has not too many digits. */
    public static boolean isAmount(BigDecimal number) {
        return Math.abs((long) number.scale()) <= MOST_DIGITS && number.precision() - number.scale() <= MOST_DIGITS;
    }

    private static void checked(@Nullable BigDecimal amount) {
        if (amount != null && !isAmount(amount)) {
            throw new IllegalArgumentException("an amount has at most " + MOST_DIGITS
                    + " digits before its point and behind it, found one of " + amount.precision()
                    + " digits with the scale " + amount.scale());
        }
    }
}
