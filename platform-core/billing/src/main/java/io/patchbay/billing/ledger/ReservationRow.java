package io.patchbay.billing.ledger;

import io.patchbay.billing.price.PriceTag;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

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
        long createdAt,
        String priceGroup,
        long pricedAt,
        @Nullable String planItem,
        @Nullable Long planWindow) {
    static final String OPEN = "OPEN";

    boolean open() {
        return state.equals(OPEN);
    }

    /** Returns whether a plan pays, not credits. */
    boolean byPlan() {
        return planItem != null;
    }

    /** Returns the values in the order of {@link LedgerRows}. */
    @Nullable
    Object[] values() {
        return new @Nullable Object[] {
            requestId,
            userId,
            micro,
            model,
            priceVersion,
            node,
            process,
            OPEN,
            createdAt,
            priceGroup,
            pricedAt,
            planItem,
            planWindow
        };
    }

    ReservationRow closed(Outcome.Kind kind) {
        return with(micro, kind.name());
    }

    ReservationRow holding(long more) {
        return with(more, state);
    }

    Held held() {
        return new Held(micro, planItem);
    }

    PriceTag tag() {
        return new PriceTag(priceVersion, priceGroup, Instant.ofEpochMilli(pricedAt));
    }

    Charge charge(@Nullable LedgerEntry outcome) {
        Instant window = planWindow == null ? null : Instant.ofEpochMilli(planWindow);
        return new Charge(userId, model, tag(), micro, planItem, window, outcome);
    }

    private ReservationRow with(long otherMicro, String otherState) {
        return new ReservationRow(
                requestId,
                userId,
                otherMicro,
                model,
                priceVersion,
                node,
                process,
                otherState,
                createdAt,
                priceGroup,
                pricedAt,
                planItem,
                planWindow);
    }
}
