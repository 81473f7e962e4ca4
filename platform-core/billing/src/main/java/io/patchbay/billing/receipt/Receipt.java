package io.patchbay.billing.receipt;

import io.patchbay.billing.ledger.Charge;
import io.patchbay.billing.price.ChargeLine;
import io.patchbay.billing.price.Price;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A charge with the computation that led to it, made anew from what the ledger and the price list keep.
 *
 * @param requestId the request
 * @param charge what the ledger says
 * @param price the price it was computed with, or null when the model had none
 * @param lines the computation; empty while the request is open, when it was released, and when a plan paid
 * @param computed what the computation gives, in micro-credits
 * @param refunded what was given back later, in micro-credits
 */
public record Receipt(
        String requestId, Charge charge, @Nullable Price price, List<ChargeLine> lines, long computed, long refunded) {
    /** Returns whether the computation gives what was charged and written off. */
    public boolean agrees() {
        return charge.outcome() == null
                || computed == -charge.outcome().micro() + charge.outcome().writtenOff();
    }
}
