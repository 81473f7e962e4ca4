package io.patchbay.billing.ledger;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.patchbay.billing.TokenUsage;
import io.patchbay.foundation.json.Json;
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
        @Nullable Integer units,
        @Nullable String usageParts,
        @Nullable String planItem,
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
            @Nullable Settlement settlement) {
        TokenUsage usage = settlement == null ? null : settlement.usage();
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
                settlement == null ? null : settlement.units(),
                usage == null ? null : rareParts(usage.parts()),
                request == null ? null : request.planItem(),
                0);
    }

    /**
     * Returns the values in the order of {@link LedgerRows}.
     *
     * @param now when the line is written
     */
    @Nullable
    Object[] values(long now) {
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
            usageEstimated == null ? null : usageEstimated ? 1 : 0,
            units,
            usageParts,
            planItem,
            now
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
                units,
                planItem,
                Instant.ofEpochMilli(createdAt));
    }

    private @Nullable TokenUsage usage() {
        if (usageInput == null || usageOutput == null) {
            return null;
        }
        return new TokenUsage(
                usageInput,
                usageOutput,
                parts(usageCached == null ? 0 : usageCached, usageReasoning == null ? 0 : usageReasoning),
                usageEstimated != null && usageEstimated);
    }

    private TokenUsage.Parts parts(long cached, long reasoning) {
        Rare rare = usageParts == null ? Rare.NONE : Rare.parse(usageParts);
        return new TokenUsage.Parts(
                cached,
                rare.cacheWrite(),
                reasoning,
                rare.audioInput(),
                rare.audioOutput(),
                rare.imageInput(),
                rare.imageOutput());
    }

    /** Most usages have none of these, so they have no columns of their own. */
    private static @Nullable String rareParts(TokenUsage.Parts parts) {
        Rare rare = new Rare(
                parts.cacheWrite(), parts.audioInput(), parts.audioOutput(), parts.imageInput(), parts.imageOutput());
        return rare.equals(Rare.NONE) ? null : Json.write(rare);
    }

    /** The JSON of the column usage_parts. */
    private record Rare(long cacheWrite, long audioInput, long audioOutput, long imageInput, long imageOutput) {
        static final Rare NONE = new Rare(0, 0, 0, 0, 0);

        static Rare parse(String json) {
            try {
                return Json.read(json, Rare.class);
            } catch (JsonProcessingException e) {
                throw new IllegalStateException("the parts of a recorded usage are not valid JSON", e);
            }
        }
    }
}
