package io.patchbay.billing.ledger;

import io.patchbay.billing.TokenUsage;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One line of the ledger. Lines are never changed.
 *
 * @param id rises with time within one account
 * @param userId whose account
 * @param requestId the request, or the key of a credit
 * @param kind what happened
 * @param micro the signed change of the balance, in micro-credits
 * @param writtenOff the part of a cost that was not charged, in micro-credits
 * @param balanceAfter the balance after the change, in micro-credits
 * @param actor who caused it, see {@link Actor#label}
 * @param reason one line for the reader; may be empty
 * @param model the model of the request, or null for credits
 * @param priceVersion the version of the price list, or null for credits
 * @param usage the token counts a settlement was computed from, else null
 * @param units how often a price for a call was charged, or null for credits
 * @param planItem the item of a plan that paid, or null when credits paid
 * @param at when it was written
 */
public record LedgerEntry(
        long id,
        long userId,
        String requestId,
        Kind kind,
        long micro,
        long writtenOff,
        long balanceAfter,
        String actor,
        String reason,
        @Nullable String model,
        @Nullable Long priceVersion,
        @Nullable TokenUsage usage,
        @Nullable Integer units,
        @Nullable String planItem,
        Instant at) {
    /** The kinds of lines. */
    public enum Kind {
        /** A served request was charged. */
        SETTLE,
        /** A request ended without a charge. */
        RELEASE,
        /** Credits were added or, with a negative amount, taken back. */
        CREDIT,
        /** The balance was set to an amount. */
        SET,
        /** A plan was bought or changed for credits. */
        PLAN,
        /** A gift code was used. */
        GIFT,
        /** A redeem code was used. */
        REDEEM,
        /** A charge was given back. */
        REFUND
    }
}
