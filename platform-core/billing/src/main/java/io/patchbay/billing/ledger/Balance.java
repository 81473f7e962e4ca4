package io.patchbay.billing.ledger;

/**
 * The state of one account, in micro-credits.
 *
 * @param available what new requests may reserve; negative when the account is overdrawn
 * @param reserved what running requests hold; never negative
 * @param used what has been settled so far; never negative
 */
public record Balance(long available, long reserved, long used) {
    /** The balance of a user without an account. */
    public static final Balance ZERO = new Balance(0, 0, 0);

    /** Returns what the user owns: credited minus settled, running requests not yet counted. */
    public long owned() {
        return available + reserved;
    }
}
