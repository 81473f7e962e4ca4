package io.patchbay.billing.plan;

import io.patchbay.billing.ledger.Actor;
import io.patchbay.billing.ledger.InsufficientCredits;
import io.patchbay.billing.ledger.Ledger;
import io.patchbay.foundation.ids.RequestId;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.InstantSource;
import java.util.function.Function;

/** Sells plans for credits, and gives them on an administrator's word. Safe for use by many threads. */
public final class PlanSales {
    /** The most months that can be bought at once. */
    public static final int MAX_MONTHS = 999;

    private final Plans plans;
    private final Ledger ledger;
    private final InstantSource clock;

    /** Makes the counter over plans and the ledger that is paid from. */
    public PlanSales(Plans plans, Ledger ledger, InstantSource clock) {
        this.plans = plans;
        this.ledger = ledger;
        this.clock = clock;
    }

    /**
     * Buys, renews or changes a plan and returns what it is then.
     *
     * @param months from 1 to 999
     * @throws IllegalArgumentException with the original's sentence when it is not possible
     * @throws InsufficientCredits when the user has too few credits
     */
    public Subscription buy(long userId, Actor actor, int level, int months) {
        PlanSettings settings = selling(level, months);
        Instant now = clock.instant();
        return perform(userId, actor, "plan bought", now, held -> Quote.of(settings, held, level, months, now));
    }

    /** Returns what a change would cost now, in micro-credits; throws as {@link #buy} does. */
    public long price(long userId, int level, int months) {
        PlanSettings settings = selling(level, months);
        return Quote.of(settings, plans.holding(userId), level, months, clock.instant())
                .micro();
    }

    /**
     * Sets when a user's plan ends; a user without one gets the first level. Nothing is paid.
     *
     * @param expiresAt when it ends
     */
    public Subscription setExpiry(long userId, Actor actor, Instant expiresAt) {
        Instant now = clock.instant();
        return perform(userId, actor, "expiry set by an administrator", now, held -> {
            Subscription current = held.subscription();
            boolean begins = !current.active(now) && expiresAt.isAfter(now);
            int level = current.level() == 0 ? 1 : current.level();
            return given(current, level, expiresAt, begins, now);
        });
    }

    /**
     * Sets the level of a user's plan. Nothing is paid, and the expiry stays.
     *
     * @param level from 0 to 3
     * @throws IllegalArgumentException when there is no such level
     */
    public Subscription setLevel(long userId, Actor actor, int level) {
        if (level < 0 || level > Plan.MAX_LEVEL) {
            throw new IllegalArgumentException("invalid subscription level");
        }
        Instant now = clock.instant();
        return perform(userId, actor, "level set by an administrator", now, held -> {
            Subscription current = held.subscription();
            boolean begins =
                    !current.active(now) && level > 0 && current.expiresAt().isAfter(now);
            return given(current, level, current.expiresAt(), begins, now);
        });
    }

    /**
     * Gives a user all units of the running month again, but for those that running requests have taken.
     *
     * @throws IllegalArgumentException when the user has no plan
     */
    public void releaseUsage(long userId, Actor actor) {
        ledger.perform(new UsageDeed(RequestId.next(), userId, actor, clock.instant()));
    }

    private PlanSettings selling(int level, int months) {
        if (months < 1 || months > MAX_MONTHS) {
            throw new IllegalArgumentException("invalid month range (1 ~ 999)");
        }
        PlanSettings settings = plans.settings();
        if (!settings.enabled()) {
            throw new IllegalArgumentException("subscription feature does not enable of this site");
        }
        if (level < 1 || level > Plan.MAX_LEVEL) {
            throw new IllegalArgumentException("invalid subscription params");
        }
        return settings;
    }

    private static Quote given(Subscription current, int level, Instant expiresAt, boolean begins, Instant now) {
        return new Quote(
                begins ? Quote.Kind.BUY : Quote.Kind.RENEW,
                0,
                new Subscription(
                        current.userId(),
                        level,
                        expiresAt,
                        begins ? now : current.anchorAt(),
                        current.totalMonths(),
                        current.enterprise(),
                        begins ? BigDecimal.ONE : current.paidShare()));
    }

    private Subscription perform(
            long userId, Actor actor, String reason, Instant now, Function<Holding, Quote> change) {
        try {
            return ledger.perform(new PlanDeed(RequestId.next(), userId, actor, change, reason, now));
        } finally {
            plans.changed(userId); // also after a failure whose outcome is not known
        }
    }
}
