package io.patchbay.billing.plan;

import java.math.BigDecimal;
import java.time.Instant;

/**
 * A user's plan. Immutable.
 *
 * @param userId whose
 * @param level the level stored; it counts only until the expiry
 * @param expiresAt when it ends; {@link Instant#EPOCH} when it never began
 * @param anchorAt the moment from which months are counted
 * @param totalMonths how many months were bought so far
 * @param enterprise a mark of the original, kept as it is
 * @param paidShare what was paid for the time that is left, of its list price; from 0 to 1
 */
public record Subscription(
        long userId,
        int level,
        Instant expiresAt,
        Instant anchorAt,
        long totalMonths,
        boolean enterprise,
        BigDecimal paidShare) {
    private static final String[] GROUPS = {"normal", "basic", "standard", "pro"};

    /** Returns the state of a user who never had a plan. */
    public static Subscription none(long userId) {
        return new Subscription(userId, 0, Instant.EPOCH, Instant.EPOCH, 0, false, BigDecimal.ONE);
    }

    /** Returns whether it has not ended. */
    public boolean active(Instant now) {
        return level > 0 && expiresAt.isAfter(now);
    }

    /** Returns the level that counts at a time; 0 when there is none. */
    public int level(Instant now) {
        return active(now) ? level : 0;
    }

    /** Returns the group of a user with a level: normal, basic, standard or pro. */
    public static String group(int level) {
        return GROUPS[Math.clamp(level, 0, GROUPS.length - 1)];
    }
}
