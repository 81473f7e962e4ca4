package io.patchbay.relay.reconcile;

import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/**
 * What a provider says was used. A count that its export does not have is {@code null}.
 *
 * @param requests how many calls
 * @param input all prompt tokens, those of the provider's cache included
 * @param output all produced tokens
 * @param cached the part of the prompts that came from the provider's cache
 * @param cost in the currency of the export
 */
record TheirUsage(
        @Nullable Long requests,
        @Nullable Long input,
        @Nullable Long output,
        @Nullable Long cached,
        @Nullable BigDecimal cost) {
    /** Returns whether nothing was used, as far as it is told. */
    boolean nothing() {
        return none(requests) && none(input) && none(output);
    }

    private static boolean none(@Nullable Long count) {
        return count == null || count == 0;
    }
}
