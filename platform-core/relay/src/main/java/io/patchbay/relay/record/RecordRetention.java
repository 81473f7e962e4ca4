package io.patchbay.relay.record;

import org.jspecify.annotations.Nullable;

/**
 * How long request records are kept. The ledger is kept for ever, whatever is said here.
 *
 * @param days 0 for ever, at most 3,650; {@code null} stands for what is in force when nobody has said anything
 */
public record RecordRetention(@Nullable Integer days) {
    /** What is in force when nobody has said anything. */
    public static final RecordRetention DEFAULT = new RecordRetention(90);

    private static final int MOST_DAYS = 3_650;

    /**
     * Checks the value.
     *
     * @throws IllegalArgumentException with a sentence that names the field
     */
    public RecordRetention {
        if (days == null) {
            days = 90;
        }
        if (days < 0 || days > MOST_DAYS) {
            throw new IllegalArgumentException(
                    "days: expected 0 (keep for ever) to " + MOST_DAYS + " days, found " + days);
        }
    }

    /** Returns the number of days, 0 for ever. */
    int kept() {
        return days == null ? 0 : days;
    }
}
