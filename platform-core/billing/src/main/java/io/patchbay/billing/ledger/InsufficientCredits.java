package io.patchbay.billing.ledger;

/** Says that an account cannot hold what a request needs. Nothing was reserved. */
public final class InsufficientCredits extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final long available;
    private final long needed;

    /**
     * Makes the refusal.
     *
     * @param available what the account could still hold, in micro-credits; may be negative
     * @param needed what was asked for, in micro-credits
     */
    public InsufficientCredits(long available, long needed) {
        // An ordinary answer, made on the committing thread: its stack trace would cost much and tell nothing.
        super("%d micro-credits are needed, %d are available".formatted(needed, available), null, false, false);
        this.available = available;
        this.needed = needed;
    }

    /** Returns what the account could still hold, in micro-credits; may be negative. */
    public long available() {
        return available;
    }

    /** Returns what was asked for, in micro-credits. */
    public long needed() {
        return needed;
    }
}
