package io.patchbay.billing.ledger;

/** One row of the table reservation; components in the order of the columns selected. */
record ReservationRow(
        String requestId,
        long userId,
        long micro,
        String model,
        long priceVersion,
        String node,
        String process,
        String state,
        long createdAt) {
    static final String OPEN = "OPEN";

    boolean open() {
        return state.equals(OPEN);
    }

    /** Returns the values in the order of {@link LedgerMapper#insertReservations}. */
    Object[] values() {
        return new Object[] {requestId, userId, micro, model, priceVersion, createdAt};
    }

    ReservationRow closed(Outcome.Kind kind) {
        return new ReservationRow(requestId, userId, micro, model, priceVersion, node, process, kind.name(), createdAt);
    }
}
