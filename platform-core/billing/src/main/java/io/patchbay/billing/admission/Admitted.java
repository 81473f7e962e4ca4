package io.patchbay.billing.admission;

import io.patchbay.billing.TokenUsage;
import io.patchbay.billing.price.Price;
import org.jspecify.annotations.Nullable;

/**
 * The permission to serve one request; its reservation is durable.
 *
 * @param requestId the key for settling or releasing it
 * @param price what the request is to be charged by, or null when an administrator uses a model without a price, which is
 *     free
 * @param reservedMicro what is held for it, in micro-credits; 0 for free requests
 */
public record Admitted(String requestId, @Nullable Price price, long reservedMicro) {
    /** Returns what a finished call costs, in micro-credits; 0 without a price. */
    public long cost(TokenUsage usage) {
        return price == null ? 0 : price.cost(usage);
    }
}
