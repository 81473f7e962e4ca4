package io.patchbay.relay.call;

import java.util.function.LongSupplier;

/**
 * The input tokens of a request by our own count: at once for the reservation, and exactly for a call whose upstream
 * reports no usage. Long prompts are counted exactly only when it comes to that.
 *
 * <p>Safe for use by several threads; two that ask at once may both count.
 */
public final class InputTokens {
    private static final long UNKNOWN = -1;

    private final long estimate;
    private final LongSupplier count;
    private volatile long exact;

    private InputTokens(long estimate, LongSupplier count, long exact) {
        this.estimate = estimate;
        this.count = count;
        this.exact = exact;
    }

    /** Returns tokens that are counted already. */
    public static InputTokens counted(long tokens) {
        return new InputTokens(tokens, () -> tokens, tokens);
    }

    /**
     * Returns tokens that are to be counted when somebody needs to know.
     *
     * @param count counts; run at most once by each thread that asks, and must not throw
     */
    public static InputTokens estimated(long estimate, LongSupplier count) {
        return new InputTokens(estimate, count, UNKNOWN);
    }

    /** Returns the tokens as far as they are known without work. */
    public long estimate() {
        long known = exact;
        return known == UNKNOWN ? estimate : known;
    }

    /** Returns the tokens by a count, which may take some tenths of a second for a prompt of a megabyte. */
    public long exact() {
        long known = exact;
        if (known == UNKNOWN) {
            known = Math.max(0, count.getAsLong());
            exact = known;
        }
        return known;
    }
}
