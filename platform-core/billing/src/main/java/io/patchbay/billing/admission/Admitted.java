package io.patchbay.billing.admission;

import io.patchbay.billing.TokenUsage;
import io.patchbay.billing.policy.BillingPolicy;
import io.patchbay.billing.price.Price;
import io.patchbay.billing.price.PriceType;
import org.jspecify.annotations.Nullable;

/**
 * The permission to serve one request; its reservation is durable.
 *
 * @param requestId the key for settling or releasing it
 * @param price what the request is to be charged by, or null when an administrator uses a model without a price, which is
 *     free
 * @param reservedMicro what is held for it, in micro-credits; 0 for free requests
 * @param units how often a price for a call is held, which is once for each picture asked for; at least 1
 * @param planItem the item of a plan that pays, so that credits do not, or null
 * @param policy what is charged when the request does not end well
 */
public record Admitted(
        String requestId,
        @Nullable Price price,
        long reservedMicro,
        int units,
        @Nullable String planItem,
        BillingPolicy policy) {
    /**
     * Checks the parts.
     *
     * @throws IllegalArgumentException when there is less than one unit
     */
    public Admitted {
        if (units < 1) {
            throw new IllegalArgumentException("units must be at least 1, are " + units);
        }
    }

    /** Makes the permission for a request that makes one thing. */
    public Admitted(String requestId, @Nullable Price price, long reservedMicro) {
        this(requestId, price, reservedMicro, 1);
    }

    /** Makes the permission for a request that credits pay. */
    public Admitted(String requestId, @Nullable Price price, long reservedMicro, int units) {
        this(requestId, price, reservedMicro, units, null, BillingPolicy.DEFAULT);
    }

    /** Returns what a finished call costs that made all it was asked for, in micro-credits; 0 without a price. */
    public long cost(TokenUsage usage) {
        return cost(usage, units);
    }

    /**
     * Returns what a finished call costs, in micro-credits; 0 without a price, or when a plan pays.
     *
     * @param made how many units were made; only as many as were asked for are charged, and at least one
     */
    public long cost(TokenUsage usage, int made) {
        return price == null || planItem != null ? 0 : price.cost(usage, charged(made));
    }

    /** Returns how many units are charged when that many were made: at least one, at most those asked for. */
    public int charged(int made) {
        return Math.clamp(made, 1, units);
    }

    /** Returns whether the answer costs the more, the longer it becomes. */
    public boolean growing() {
        return price != null && planItem == null && price.rule().kind() == PriceType.TOKEN_BILLING && !price.free();
    }
}
