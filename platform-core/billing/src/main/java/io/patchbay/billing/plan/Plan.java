package io.patchbay.billing.plan;

import io.patchbay.billing.Credits;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * One plan of the site. Immutable.
 *
 * @param level 1 basic, 2 standard, 3 pro
 * @param price for a month, in units of currency
 * @param items what it contains; a request is counted by the first that names its model
 * @param discounts what is paid of the list price when so many months are bought at once, by the number of months; where
 *     a number is not named, 0.9 from 6, 0.8 from 12 and 0.7 from 36 months
 */
public record Plan(int level, BigDecimal price, List<PlanItem> items, Map<String, BigDecimal> discounts) {
    /** The highest level. */
    public static final int MAX_LEVEL = 3;

    private static final BigDecimal MAX_PRICE = BigDecimal.valueOf(1_000_000);
    private static final BigDecimal CREDITS_PER_UNIT = BigDecimal.TEN;
    private static final int MAX_ITEMS = 100;
    private static final int MAX_DECIMALS = 15;
    private static final int MICRO = 6;
    private static final BigDecimal MOST_MICRO = BigDecimal.valueOf(Credits.MAX_MICRO);
    private static final Comparator<String> BY_MONTHS =
            Comparator.comparingInt(String::length).thenComparing(Comparator.naturalOrder());

    /**
     * Checks the parts.
     *
     * @throws IllegalArgumentException with a sentence for the administrator when a part cannot be used
     */
    public Plan(
            int level,
            @Nullable BigDecimal price,
            @Nullable List<PlanItem> items,
            @Nullable Map<String, BigDecimal> discounts) {
        this.level = level;
        this.price = price == null ? BigDecimal.ZERO : price;
        this.items = items == null ? List.of() : List.copyOf(items);
        this.discounts = discounts == null ? Map.of() : checked(discounts);
        if (level < 1 || level > MAX_LEVEL) {
            throw new IllegalArgumentException("the level of a plan must be 1, 2 or 3, is " + level);
        }
        if (this.price.signum() < 0 || this.price.compareTo(MAX_PRICE) > 0) {
            throw new IllegalArgumentException(
                    "the price of plan %d must lie between 0 and %s".formatted(level, MAX_PRICE));
        }
        checkDecimals("the price of plan " + level, this.price);
        if (this.items.size() > MAX_ITEMS) {
            throw new IllegalArgumentException(
                    "plan %d has %d items; at most %d are allowed".formatted(level, this.items.size(), MAX_ITEMS));
        }
        Set<String> ids = new HashSet<>();
        for (PlanItem item : this.items) {
            if (!ids.add(item.id())) {
                throw new IllegalArgumentException("plan %d has two items '%s'".formatted(level, item.id()));
            }
        }
    }

    /** Returns the item that counts requests to a model. */
    public Optional<PlanItem> item(String model) {
        for (PlanItem item : items) {
            if (item.models().contains(model)) {
                return Optional.of(item);
            }
        }
        return Optional.empty();
    }

    /** Returns what is paid of the list price when that many months are bought at once. */
    public BigDecimal share(int months) {
        BigDecimal own = discounts.get(Integer.toString(months));
        if (own != null) {
            return own;
        }
        if (months >= 36) {
            return new BigDecimal("0.7");
        }
        if (months >= 12) {
            return new BigDecimal("0.8");
        }
        return months >= 6 ? new BigDecimal("0.9") : BigDecimal.ONE;
    }

    /**
     * Returns what that many months cost, in micro-credits.
     *
     * @throws IllegalArgumentException when it is more than can be paid at once
     */
    public long micro(int months) {
        BigDecimal credits = price.multiply(CREDITS_PER_UNIT)
                .multiply(BigDecimal.valueOf(months))
                .multiply(share(months));
        return micro(credits);
    }

    /**
     * Returns an amount of credits in micro-credits, rounded up.
     *
     * @throws IllegalArgumentException when it is more than can be paid at once
     */
    static long micro(BigDecimal credits) {
        BigDecimal micro = credits.movePointRight(MICRO);
        if (micro.compareTo(MOST_MICRO) > 0) {
            throw new IllegalArgumentException("the price is more than can be paid at once; take fewer months");
        }
        return micro.setScale(0, RoundingMode.CEILING).longValueExact();
    }

    /** Returns the list price of a month in credits. */
    BigDecimal creditsPerMonth() {
        return price.multiply(CREDITS_PER_UNIT);
    }

    private static Map<String, BigDecimal> checked(Map<String, BigDecimal> discounts) {
        discounts.forEach((months, share) -> {
            if (!months.matches("[1-9][0-9]{0,2}")) {
                throw new IllegalArgumentException(
                        "a discount must be for 1 to 999 months, is for '%s'".formatted(months));
            }
            if (share == null || share.signum() < 0 || share.compareTo(BigDecimal.ONE) > 0) {
                throw new IllegalArgumentException(
                        "the factor for %s months must lie between 0 and 1, is %s".formatted(months, share));
            }
            checkDecimals("the factor for %s months".formatted(months), share);
        });
        Map<String, BigDecimal> sorted = new TreeMap<>(BY_MONTHS);
        sorted.putAll(discounts);
        return Collections.unmodifiableMap(sorted);
    }

    /** Numbers with endless decimals would make each later computation slow. */
    private static void checkDecimals(String what, BigDecimal number) {
        if (number.scale() > MAX_DECIMALS) {
            throw new IllegalArgumentException("%s must have at most %d decimals".formatted(what, MAX_DECIMALS));
        }
    }
}
