package io.patchbay.relay.record;

import io.patchbay.billing.TokenUsage;
import io.patchbay.spi.Usage;
import org.jspecify.annotations.Nullable;

/** What an upstream says was consumed, as it is billed. The one place for it: chats, images and tasks cost alike. */
public final class ReportedUsage {
    private ReportedUsage() {}

    /**
     * Returns the counts to bill, or {@code null} when the upstream told none: nothing at all, or zeros, which no answered
     * call consumes. What is a part of another count is never more than that count.
     */
    public static @Nullable TokenUsage billed(@Nullable Usage reported) {
        if (reported == null || (reported.input() == 0 && reported.output() == 0)) {
            return null;
        }
        return new TokenUsage(
                reported.input(),
                reported.output(),
                new TokenUsage.Parts(
                        Math.min(reported.cachedInput(), reported.input()),
                        Math.min(reported.cacheWrite(), reported.input()),
                        Math.min(reported.reasoning(), reported.output()),
                        Math.min(reported.audioInput(), reported.input()),
                        Math.min(reported.audioOutput(), reported.output()),
                        Math.min(reported.imageInput(), reported.input()),
                        Math.min(reported.imageOutput(), reported.output())),
                false);
    }
}
