package io.patchbay.billing.ledger;

/**
 * How a request ended in the ledger. A request has exactly one outcome; asking again returns the same one.
 *
 * @param requestId the key of the request
 * @param kind whether it was settled or released
 * @param charged what was taken from the balance, in micro-credits; 0 when released
 * @param writtenOff the part of the cost that was not charged because the account had no more, in micro-credits
 * @param balanceAfter the balance after this outcome, running requests not counted, in micro-credits
 */
public record Outcome(String requestId, Kind kind, long charged, long writtenOff, long balanceAfter) {
    /** The two ways to end. */
    public enum Kind {
        /** The request was served and its cost charged, even when that is 0. */
        SETTLED,
        /** The request was not served and costs nothing. */
        RELEASED
    }
}
