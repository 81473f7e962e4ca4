package io.patchbay.dialects.anthropic;

import io.patchbay.dialects.AnswerFacts;
import io.patchbay.spi.Usage;
import io.patchbay.spi.json.JsonObject;
import io.patchbay.spi.json.JsonValue;
import org.jspecify.annotations.Nullable;

/** What is learned of one answer. */
final class MessageFacts extends AnswerFacts {
    /** No call consumes more; beyond it sums could overflow. */
    private static final long MOST = 1_000_000_000_000_000L;

    private JsonObject counts = JsonObject.EMPTY;
    private boolean counted;
    private @Nullable Usage usage;

    /** The answer begins, maybe once more: what was counted before does not count. */
    @Override
    public void begin(@Nullable String messageId, @Nullable String name) {
        super.begin(messageId, name);
        counts = JsonObject.EMPTY;
        counted = false;
        usage = null;
    }

    /**
     * Takes counts, which replace earlier ones; zeros do not replace what was counted of the input, because some
     * servers tell it in the beginning only.
     *
     * @param last whether the output is counted to its end; before that a count says nothing
     */
    void usage(JsonObject more, boolean last) {
        JsonObject.Builder all = counts.toBuilder();
        more.members().forEach((name, value) -> {
            boolean input = name.endsWith("input_tokens");
            boolean says = input ? more.longValue(name, 0) > 0 || !counts.has(name) : !value.isNull();
            if (says) {
                all.put(name, value);
            }
        });
        counts = all.build();
        counted |= last && counts.longValue("output_tokens", -1) >= 0;
        usage = null;
    }

    /** Returns {@code null} as long as only a beginning was counted, which would be taken for the whole. */
    @Override
    public @Nullable Usage usage() {
        if (usage == null && counted) {
            usage = read(counts);
        }
        return usage == null || usage.input() == 0 && usage.output() == 0 ? null : usage;
    }

    /** The vendor counts cached input beside the input. */
    private static Usage read(JsonObject counts) {
        long cached = count(counts, "cache_read_input_tokens");
        long written = count(counts, "cache_creation_input_tokens");
        JsonValue creation = counts.get("cache_creation");
        if (written == 0 && creation != null) {
            written = count(creation, "ephemeral_5m_input_tokens") + count(creation, "ephemeral_1h_input_tokens");
        }
        long output = count(counts, "output_tokens");
        JsonValue details = counts.get("output_tokens_details");
        long thinking = details == null ? 0 : count(details, "thinking_tokens");
        return Usage.builder()
                .input(count(counts, "input_tokens") + cached + written)
                .output(output)
                .cachedInput(cached)
                .cacheWrite(written)
                .reasoning(Math.min(thinking, output))
                .raw(counts)
                .build();
    }

    private static long count(JsonValue counts, String name) {
        return Math.clamp(counts.longValue(name, 0), 0, MOST);
    }
}
