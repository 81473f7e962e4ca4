package io.patchbay.billing.plan;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.ZoneId;

/**
 * What is left of a subscription that has not ended: its time, and how much of that has its units still.
 *
 * <p>Of the running month that is as much as both the time and the units that are left: who has used half of the units in
 * half of the month has all that is left of it, and who has used all of them on the first day has nothing. The months after
 * it are whole.
 */
final class TimeLeft {
    private final Subscription subscription;
    private final Instant now;
    private final Instant monthEnd;
    private final BigDecimal all;
    private final BigDecimal unused;

    /**
     * Reckons it.
     *
     * @param plan the plan that is held
     * @param now before its end
     */
    TimeLeft(ZoneId zone, Holding holding, Plan plan, Instant now) {
        this.subscription = holding.subscription();
        this.now = now;
        Months months = new Months(subscription.anchorAt(), zone);
        Instant begin = months.begin(now);
        Instant end = months.end(now);
        this.monthEnd = end.isBefore(subscription.expiresAt()) ? end : subscription.expiresAt();
        this.all = Quote.seconds(now, subscription.expiresAt());
        BigDecimal units =
                BigDecimal.ONE.subtract(UnitsUsed.since(begin, holding.usages()).share(plan));
        BigDecimal month = units.multiply(Quote.seconds(begin, monthEnd)).min(Quote.seconds(now, monthEnd));
        this.unused = month.add(Quote.seconds(monthEnd, subscription.expiresAt()));
    }

    Subscription subscription() {
        return subscription;
    }

    Instant now() {
        return now;
    }

    /** Returns when the running month ends, and with it what was used of it. */
    Instant monthEnd() {
        return monthEnd;
    }

    /** Returns the seconds until the end. */
    BigDecimal all() {
        return all;
    }

    /** Returns those of the seconds that have their units still. */
    BigDecimal unused() {
        return unused;
    }
}
