package io.patchbay.billing.ledger;

import io.patchbay.billing.TokenUsage;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** One row of the table ledger_entry; components in the order of the columns selected. */
record EntryRow(
        long id,
        long userId,
        String requestId,
        String kind,
        long micro,
        long writtenOff,
        long balanceAfter,
        String actor,
        String reason,
        @Nullable String model,
        @Nullable Long priceVersion,
        @Nullable Long usageInput,
        @Nullable Long usageOutput,
        @Nullable Long usageCached,
        @Nullable Long usageReasoning,
        @Nullable Boolean usageEstimated,
        long createdAt) {
    private static final int MAX_REASON = 1_000;

    /** Returns the line for one request or key, before it has a number and a time. */
    static EntryRow of(
            long userId,
            String requestId,
            LedgerEntry.Kind kind,
            long micro,
            long writtenOff,
            long balanceAfter,
            Actor actor,
            String reason,
            @Nullable ReservationRow request,
            @Nullable TokenUsage usage) {
        return new EntryRow(
                0,
                userId,
                requestId,
                kind.name(),
                micro,
                writtenOff,
                balanceAfter,
                actor.label(),
                reason.length() <= MAX_REASON ? reason : reason.substring(0, MAX_REASON),
                request == null ? null : request.model(),
                request == null ? null : request.priceVersion(),
                usage == null ? null : usage.input(),
                usage == null ? null : usage.output(),
                usage == null ? null : usage.cached(),
                usage == null ? null : usage.reasoning(),
                usage == null ? null : usage.estimated(),
                0);
    }

    /** Returns the values in the order of {@link LedgerMapper#insertEntries}. */
    @Nullable
    Object[] values() {
        return new @Nullable Object[] {
            userId,
            requestId,
            kind,
            micro,
            writtenOff,
            balanceAfter,
            actor,
            reason,
            model,
            priceVersion,
            usageInput,
            usageOutput,
            usageCached,
            usageReasoning,
            usageEstimated == null ? null : usageEstimated ? 1 : 0
        };
    }

    LedgerEntry toEntry() {
        return new LedgerEntry(
                id,
                userId,
                requestId,
                LedgerEntry.Kind.valueOf(kind),
                micro,
                writtenOff,
                balanceAfter,
                actor,
                reason,
                model,
                priceVersion,
                usage(),
                Instant.ofEpochMilli(createdAt));
    }

    private @Nullable TokenUsage usage() {
        if (usageInput == null || usageOutput == null) {
            return null;
        }
        return new TokenUsage(
                usageInput,
                usageOutput,
                usageCached == null ? 0 : usageCached,
                usageReasoning == null ? 0 : usageReasoning,
                usageEstimated != null && usageEstimated);
    }
}
