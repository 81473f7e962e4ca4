package io.patchbay.billing.plan;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.Instant;

/**
 * What it costs to come from one subscription to another, and what it becomes.
 *
 * <p>The rules are the original's, but for the downgrade: it gives back the time that was paid for, at what was paid for
 * it, and takes no day away; and of the running month no more than the part of its units that is left. So nobody gains
 * by buying many discounted months of a high level, or by using up a month's units in a day, and going down at once.
 *
 * @param kind what kind of change it is
 * @param micro what is to be paid, in micro-credits
 * @param after the subscription afterwards
 */
record Quote(Kind kind, long micro, Subscription after) {
    /** The kinds of changes. */
    enum Kind {
        /** From no plan; counters begin anew. */
        BUY,
        /** The same level for longer. */
        RENEW,
        /** A higher level for the time that is left. */
        UPGRADE,
        /** A lower level for longer, for nothing. */
        DOWNGRADE
    }

    /** What the original answers to a change that is not possible. */
    static final String INVALID_LEVEL = "invalid plan level";

    private static final String TOO_LONG = "a plan cannot end more than a hundred years from now";
    private static final String USED_UP =
            "too many requests of this month are used: the lower plan would end sooner than yours; change it after %s";
    private static final Duration LONGEST = Duration.ofDays(366L * 100);
    private static final BigDecimal SECONDS_OF_30_DAYS =
            BigDecimal.valueOf(Duration.ofDays(30).toSeconds());

    /** Rounds down, so that nothing becomes worth more than was paid for it. */
    private static final MathContext PRECISION = new MathContext(16, RoundingMode.DOWN);

    private static final int MORE_THAN_MICRO = 12;

    /**
     * Computes a change.
     *
     * @param holding a subscription that ended before {@code now} is none
     * @param months from 1 to 999; counts only for a level that is bought or renewed
     * @throws IllegalArgumentException with the original's sentence when it is not possible
     */
    static Quote of(PlanSettings settings, Holding holding, int level, int months, Instant now) {
        Subscription current = holding.subscription();
        Plan wanted = settings.plan(level).orElseThrow(() -> new IllegalArgumentException(INVALID_LEVEL));
        int had = current.level(now);
        if (had == 0) {
            Months fromNow = new Months(now, settings.zoneId());
            return new Quote(
                    Kind.BUY,
                    wanted.micro(months),
                    new Subscription(
                            current.userId(),
                            level,
                            bounded(fromNow.plus(now, months), now),
                            now,
                            current.totalMonths() + months,
                            current.enterprise(),
                            wanted.share(months)));
        }
        if (had == level) {
            return renewal(settings, current, wanted, months, now);
        }
        Plan old = settings.plan(had).orElseThrow(() -> new IllegalArgumentException(INVALID_LEVEL));
        return had > level
                ? downgrade(new TimeLeft(settings.zoneId(), holding, old, now), old, wanted)
                : upgrade(current, old, wanted, now);
    }

    private static Quote renewal(PlanSettings settings, Subscription current, Plan plan, int months, Instant now) {
        Months counted = new Months(current.anchorAt(), settings.zoneId());
        Instant expiry = bounded(counted.plus(current.expiresAt(), months), now);
        BigDecimal left = seconds(now, current.expiresAt());
        BigDecimal added = seconds(current.expiresAt(), expiry);
        BigDecimal paid = left.multiply(current.paidShare()).add(added.multiply(plan.share(months)));
        BigDecimal all = left.add(added);
        return new Quote(
                Kind.RENEW,
                plan.micro(months),
                changed(
                        current,
                        plan.level(),
                        expiry,
                        current.totalMonths() + months,
                        all.signum() == 0 ? current.paidShare() : paid.divide(all, PRECISION)));
    }

    private static Quote downgrade(TimeLeft left, Plan old, Plan wanted) {
        Subscription current = left.subscription();
        if (wanted.price().signum() == 0) {
            // What costs nothing cannot take up what was paid.
            return new Quote(
                    Kind.DOWNGRADE,
                    0,
                    changed(current, wanted.level(), current.expiresAt(), current.totalMonths(), current.paidShare()));
        }
        BigDecimal paid = old.price().multiply(current.paidShare());
        Instant expiry = converted(left.unused(), paid, wanted, left.now());
        boolean endsSooner = expiry.isBefore(current.expiresAt());
        if (endsSooner && !converted(left.all(), paid, wanted, left.now()).isBefore(current.expiresAt())) {
            throw new IllegalArgumentException(USED_UP.formatted(left.monthEnd()));
        }
        return new Quote(
                Kind.DOWNGRADE, 0, changed(current, wanted.level(), expiry, current.totalMonths(), BigDecimal.ONE));
    }

    /** Returns when a plan ends that begins now and costs what so many seconds of another one were paid with. */
    private static Instant converted(BigDecimal seconds, BigDecimal paidPerMonth, Plan wanted, Instant now) {
        BigDecimal lasting = seconds.multiply(paidPerMonth).divide(wanted.price(), PRECISION);
        if (lasting.compareTo(BigDecimal.valueOf(LONGEST.toSeconds())) > 0) {
            throw new IllegalArgumentException(TOO_LONG);
        }
        return now.plusSeconds(lasting.longValue());
    }

    private static Quote upgrade(Subscription current, Plan old, Plan wanted, Instant now) {
        BigDecimal difference =
                wanted.creditsPerMonth().subtract(old.creditsPerMonth()).max(BigDecimal.ZERO);
        BigDecimal credits = difference
                .multiply(seconds(now, current.expiresAt()))
                .divide(SECONDS_OF_30_DAYS, MORE_THAN_MICRO, RoundingMode.UP);
        BigDecimal paid =
                old.price().multiply(current.paidShare()).add(wanted.price().subtract(old.price()));
        BigDecimal share = wanted.price().signum() == 0
                ? BigDecimal.ONE
                : paid.divide(wanted.price(), PRECISION).max(BigDecimal.ZERO).min(BigDecimal.ONE);
        return new Quote(
                Kind.UPGRADE,
                Plan.micro(credits),
                changed(current, wanted.level(), current.expiresAt(), current.totalMonths(), share));
    }

    private static Subscription changed(
            Subscription current, int level, Instant expiresAt, long totalMonths, BigDecimal paidShare) {
        return new Subscription(
                current.userId(), level, expiresAt, current.anchorAt(), totalMonths, current.enterprise(), paidShare);
    }

    static BigDecimal seconds(Instant from, Instant to) {
        return BigDecimal.valueOf(Duration.between(from, to).toMillis()).movePointLeft(3);
    }

    private static Instant bounded(Instant expiry, Instant now) {
        if (expiry.isAfter(now.plus(LONGEST))) {
            throw new IllegalArgumentException(TOO_LONG);
        }
        return expiry;
    }
}
