package io.patchbay.billing.code;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A code as administrators see it.
 *
 * @param code the code itself
 * @param type the type of a gift code; null for a redeem code
 * @param micro what each use is worth, in micro-credits
 * @param maxUses how many users may use it, from 1
 * @param uses how many have
 * @param expiresAt from when on it cannot be used; null when it always can
 * @param batch the codes that were generated together
 * @param createdAt when it was generated
 * @param usedAt when it was last used, or null
 * @param usedBy the number of the user who last used it, or null
 */
public record CodeRow(
        String code,
        @Nullable String type,
        long micro,
        long maxUses,
        long uses,
        @Nullable Instant expiresAt,
        String batch,
        Instant createdAt,
        @Nullable Instant usedAt,
        @Nullable Long usedBy) {
    /** Returns whether nobody can use it any more because it has been used as often as it may. */
    public boolean usedUp() {
        return uses >= maxUses;
    }

    /** Returns a text without the code, which is money. */
    @Override
    public String toString() {
        return "code of batch " + batch;
    }
}
