package io.patchbay.dialects.gemini;

import io.patchbay.spi.Usage;
import io.patchbay.spi.json.JsonObject;
import io.patchbay.spi.json.JsonValue;

/** {@code usageMetadata}: a running total; thoughts stand beside the answer, cached input is inside the input. */
final class UsageMetadata {
    /** No call consumes more; beyond it sums could overflow. */
    private static final long MOST = 1_000_000_000_000_000L;

    private UsageMetadata() {}

    static Usage read(JsonObject metadata) {
        long input = count(metadata, "promptTokenCount") + count(metadata, "toolUsePromptTokenCount");
        long thoughts = count(metadata, "thoughtsTokenCount");
        return Usage.builder()
                .input(input)
                .output(count(metadata, "candidatesTokenCount") + thoughts)
                .cachedInput(Math.min(count(metadata, "cachedContentTokenCount"), input))
                .reasoning(thoughts)
                .raw(metadata)
                .build();
    }

    private static long count(JsonValue metadata, String name) {
        return Math.clamp(metadata.longValue(name, 0), 0, MOST);
    }
}
