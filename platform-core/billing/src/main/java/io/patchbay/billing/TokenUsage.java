package io.patchbay.billing;

/**
 * The token counts of one finished call.
 *
 * @param input all prompt tokens, all its parts included; never negative
 * @param output all produced tokens, all its parts included; never negative
 * @param parts which of them were of a special kind
 * @param estimated whether the counts are ours because the provider reported none
 */
public record TokenUsage(long input, long output, Parts parts, boolean estimated) {
    /** No tokens at all, as reported. */
    public static final TokenUsage NONE = new TokenUsage(0, 0, Parts.NONE, false);

    /**
     * The parts of a usage that may have prices of their own.
     *
     * @param cached the part of the input that the provider read from its prompt cache
     * @param cacheWrite the part of the input that the provider wrote to its prompt cache
     * @param reasoning the part of the output that was hidden reasoning
     * @param audioInput the part of the input that was sound
     * @param audioOutput the part of the output that was sound
     * @param imageInput the part of the input that was pictures
     * @param imageOutput the part of the output that was pictures
     */
    public record Parts(
            long cached,
            long cacheWrite,
            long reasoning,
            long audioInput,
            long audioOutput,
            long imageInput,
            long imageOutput) {
        /** Nothing special. */
        public static final Parts NONE = new Parts(0, 0, 0, 0, 0, 0, 0);

        /** Counts are clamped at 0 from below. */
        public Parts {
            cached = Math.max(0, cached);
            cacheWrite = Math.max(0, cacheWrite);
            reasoning = Math.max(0, reasoning);
            audioInput = Math.max(0, audioInput);
            audioOutput = Math.max(0, audioOutput);
            imageInput = Math.max(0, imageInput);
            imageOutput = Math.max(0, imageOutput);
        }
    }

    /** Counts are clamped at 0 from below: a provider that reports nonsense must not earn a user credits. */
    public TokenUsage {
        input = Math.max(0, input);
        output = Math.max(0, output);
    }

    /** Makes a usage of text alone. */
    public TokenUsage(long input, long output, long cached, long reasoning, boolean estimated) {
        this(input, output, new Parts(cached, 0, reasoning, 0, 0, 0, 0), estimated);
    }

    /** Returns the part of the input that the provider read from its prompt cache. */
    public long cached() {
        return parts.cached();
    }

    /** Returns the part of the output that was hidden reasoning. */
    public long reasoning() {
        return parts.reasoning();
    }
}
