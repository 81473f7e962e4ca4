package io.patchbay.billing.ledger;

/** Says that the units of a plan are used up and nothing else may pay. Nothing was reserved. */
public final class PlanExhausted extends RuntimeException {
    private static final long serialVersionUID = 1;

    PlanExhausted(PlanUnit unit) {
        // An ordinary answer, made on the committing thread: its stack trace would cost much and tell nothing.
        super("all %d units of \"%s\" are used".formatted(unit.limit(), unit.item()), null, false, false);
    }
}
