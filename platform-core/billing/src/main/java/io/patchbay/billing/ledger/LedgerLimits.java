package io.patchbay.billing.ledger;

/**
 * The bounds of the ledger's queue.
 *
 * @param batch the most operations in one transaction
 * @param waiting how many operations may wait before new reservations are refused
 * @param waitingAll how many may wait before outcomes are refused too; larger, because each outcome belongs to a
 *     reservation that was let in
 */
public record LedgerLimits(int batch, int waiting, int waitingAll) {
    /** The limits of a server. */
    public static final LedgerLimits DEFAULT = new LedgerLimits(512, 16_384, 131_072);

    /**
     * Checks the parts.
     *
     * @throws IllegalArgumentException when one is below 1 or outcomes are refused before reservations
     */
    public LedgerLimits {
        if (batch < 1 || waiting < 1 || waitingAll < waiting) {
            throw new IllegalArgumentException("ledger limits must be at least 1 and waitingAll at least waiting");
        }
    }
}
