package io.patchbay.billing.ledger;

import io.patchbay.billing.price.PriceTag;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * All that the ledger knows of one request.
 *
 * @param userId who asked
 * @param model the model asked for
 * @param tag what its price is found by
 * @param held what is or was held for it, in micro-credits
 * @param planItem the item of a plan that pays, or null when credits pay
 * @param planWindow when the window began in which the unit was counted, or null when it was not counted
 * @param outcome the line that ended it, or null while it is open
 */
public record Charge(
        long userId,
        String model,
        PriceTag tag,
        long held,
        @Nullable String planItem,
        @Nullable Instant planWindow,
        @Nullable LedgerEntry outcome) {
    /** Returns the wish to pay in the same way again, whatever is left by now; null when credits pay. */
    public @Nullable PlanUnit unitAgain() {
        if (planItem == null) {
            return null;
        }
        return planWindow == null
                ? new PlanUnit(planItem, Instant.EPOCH, PlanUnit.UNLIMITED, true)
                : new PlanUnit(planItem, planWindow, Long.MAX_VALUE, true);
    }
}
