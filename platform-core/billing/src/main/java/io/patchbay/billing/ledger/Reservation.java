package io.patchbay.billing.ledger;

import io.patchbay.billing.Credits;
import io.patchbay.billing.price.PriceTag;
import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The wish to hold credits for one request.
 *
 * @param requestId the key of the request, unique for all time: 1 to 64 printable ASCII
 *     characters
 * @param userId whose credits; 0 for callers who have not signed in, who can only reserve 0
 * @param micro how much, from 0 to {@link Credits#MAX_MICRO} micro-credits; 0 for free requests, which are recorded all
 *     the same
 * @param model the model asked for, at most 255 characters
 * @param tag what the price was looked up with
 * @param plan the unit of a plan that is to pay if there is one left, or null; the credits are held when there is none
 * @param at when the request was accepted
 */
public record Reservation(
        String requestId,
        long userId,
        long micro,
        String model,
        PriceTag tag,
        @Nullable PlanUnit plan,
        Instant at) {
    private static final int MAX_MODEL_LENGTH = 255;

    /**
     * Checks the parts.
     *
     * @throws IllegalArgumentException when one is out of its range
     */
    public Reservation {
        Objects.requireNonNull(tag, "tag is null");
        Objects.requireNonNull(at, "at is null");
        Keys.check("request id", requestId);
        if (model.length() > MAX_MODEL_LENGTH) {
            throw new IllegalArgumentException("model name must have at most 255 characters");
        }
        if (micro < 0 || micro > Credits.MAX_MICRO) {
            throw new IllegalArgumentException("reserved amount must lie between 0 and %d micro-credits, is %d"
                    .formatted(Credits.MAX_MICRO, micro));
        }
    }

    /** Makes the wish to hold credits at the list price. */
    public Reservation(String requestId, long userId, long micro, String model, long priceVersion, Instant at) {
        this(requestId, userId, micro, model, new PriceTag(priceVersion, "", at), null, at);
    }
}
