package io.patchbay.billing.ledger;

import io.patchbay.billing.Credits;
import io.patchbay.billing.TokenUsage;
import java.util.Objects;

/**
 * What a request turned out to cost.
 *
 * @param micro the cost, from 0 to {@link Credits#MAX_MICRO} micro-credits
 * @param usage the token counts the cost was computed from
 * @param units how often a price for a call is charged, at least 1
 * @param note one line about the circumstances, for example {@code client left}; may be empty
 */
public record Settlement(long micro, TokenUsage usage, int units, String note) {
    /**
     * Checks the parts.
     *
     * @throws IllegalArgumentException when the cost is out of its range
     */
    public Settlement {
        Objects.requireNonNull(usage, "usage is null");
        Objects.requireNonNull(note, "note is null");
        if (units < 1) {
            throw new IllegalArgumentException("units must be at least 1, are " + units);
        }
        if (micro < 0 || micro > Credits.MAX_MICRO) {
            throw new IllegalArgumentException(
                    "cost must lie between 0 and %d micro-credits, is %d".formatted(Credits.MAX_MICRO, micro));
        }
    }

    /** Makes the settlement of a call that made one thing. */
    public Settlement(long micro, TokenUsage usage, String note) {
        this(micro, usage, 1, note);
    }
}
