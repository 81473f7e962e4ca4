package io.patchbay.billing.ledger;

import java.time.Instant;

/**
 * The wish to pay for a request with one unit of an item of a plan.
 *
 * @param item the item, which names the counter
 * @param window when the running window began; units used in an earlier one do not count
 * @param limit how many units the window has, or {@link #UNLIMITED}
 * @param alone whether credits may not pay when the units are used up
 */
public record PlanUnit(String item, Instant window, long limit, boolean alone) {
    /** The limit of an item that may be used without end; its use is not counted. */
    public static final long UNLIMITED = -1;

    private static final int MAX_LENGTH = 255;

    /**
     * Checks the parts.
     *
     * @throws IllegalArgumentException when one is out of its range
     */
    public PlanUnit {
        if (item.isEmpty() || item.length() > MAX_LENGTH) {
            throw new IllegalArgumentException("the item of a plan must have 1 to %d characters".formatted(MAX_LENGTH));
        }
        if (limit < UNLIMITED) {
            throw new IllegalArgumentException("the limit of an item must be -1 or more, is " + limit);
        }
    }

    /** Returns whether there is no end. */
    public boolean unlimited() {
        return limit == UNLIMITED;
    }
}
