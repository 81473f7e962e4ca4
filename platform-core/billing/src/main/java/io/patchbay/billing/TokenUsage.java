package io.patchbay.billing;

/**
 * The token counts of one finished call.
 *
 * @param input all prompt tokens, the cached ones included; never negative
 * @param output all produced tokens, those of hidden reasoning included; never negative
 * @param cached the part of {@code input} that the provider read from its prompt cache
 * @param reasoning the part of {@code output} that was hidden reasoning
 * @param estimated whether the counts are ours because the provider reported none
 */
public record TokenUsage(long input, long output, long cached, long reasoning, boolean estimated) {
    /** No tokens at all, as reported. */
    public static final TokenUsage NONE = new TokenUsage(0, 0, 0, 0, false);

    /** Counts are clamped at 0 from below: a provider that reports nonsense must not earn a user credits. */
    public TokenUsage {
        input = Math.max(0, input);
        output = Math.max(0, output);
        cached = Math.max(0, cached);
        reasoning = Math.max(0, reasoning);
    }
}
