package io.patchbay.billing.admission;

import io.patchbay.accounts.Caller;
import org.jspecify.annotations.Nullable;

/**
 * A request that wants to be let in.
 *
 * @param caller who asks, or null when not signed in
 * @param model the model as the user asked for it, without modifiers
 * @param inputTokens the estimated tokens of the prompt; negative counts as 0
 * @param maxOutputTokens the bound that the request sets on the answer, or 0 or less when it sets none
 * @param units how often a price for a call is held, which is once for each picture asked for; at least 1
 * @param planUse whether a plan may pay
 * @param requestId the key of the request, never used before
 */
public record Wish(
        @Nullable Caller caller,
        String model,
        long inputTokens,
        long maxOutputTokens,
        int units,
        PlanUse planUse,
        String requestId) {
    /**
     * Checks the parts.
     *
     * @throws IllegalArgumentException when there is less than one unit
     */
    public Wish {
        if (units < 1) {
            throw new IllegalArgumentException("units must be at least 1, are " + units);
        }
    }

    /** Makes the wish of a request by API key that makes one thing. */
    public Wish(@Nullable Caller caller, String model, long inputTokens, long maxOutputTokens, String requestId) {
        this(caller, model, inputTokens, maxOutputTokens, 1, PlanUse.RELAY, requestId);
    }
}
