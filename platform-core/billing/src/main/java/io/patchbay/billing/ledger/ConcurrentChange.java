package io.patchbay.billing.ledger;

/** Says that somebody else changed a row between reading and writing; the transaction is worth another attempt. */
final class ConcurrentChange extends RuntimeException {
    private static final long serialVersionUID = 1;

    ConcurrentChange(String what) {
        super(what + " was changed by another node");
    }
}
