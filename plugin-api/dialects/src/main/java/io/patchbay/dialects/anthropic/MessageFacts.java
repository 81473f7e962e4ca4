package io.patchbay.dialects.anthropic;

import io.patchbay.dialects.Tally;
import io.patchbay.dialects.TapFacts;
import io.patchbay.spi.Fault;
import io.patchbay.spi.FaultKind;
import io.patchbay.spi.Usage;
import io.patchbay.spi.json.JsonObject;
import io.patchbay.spi.json.JsonValue;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What is learned of one answer. */
final class MessageFacts implements TapFacts {
    /** No call consumes more; beyond it sums could overflow. */
    private static final long MOST = 1_000_000_000_000_000L;

    private final Tally tally = new Tally();
    private @Nullable String id;
    private @Nullable String model;
    private @Nullable String finish;
    private JsonObject counts = JsonObject.EMPTY;
    private boolean counted;
    private @Nullable Usage usage;
    private boolean content;
    private boolean ended;
    private int toolCalls;
    private @Nullable Fault fault;

    /** Returns whether nothing that comes matters any more. */
    boolean over() {
        return ended || fault != null;
    }

    /** The answer begins, maybe once more: what was counted before does not count. */
    void begin(@Nullable String messageId, @Nullable String name) {
        id = messageId;
        model = name;
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

    void sawContent() {
        content = true;
    }

    void said(String text) {
        content = true;
        tally.add(text);
    }

    /** Notes a tool call and returns its number. */
    int called(String name) {
        said(name);
        return toolCalls++;
    }

    /** Notes the finish; the first one counts. */
    void finish(String reason) {
        finish = finish == null ? reason : finish;
    }

    void complete() {
        ended = true;
    }

    void fail(Fault value) {
        fault = fault == null ? value : fault;
    }

    void malformed(String message) {
        fail(Fault.builder(FaultKind.UPSTREAM, message).sub("malformed_answer").build());
    }

    @Override
    public @Nullable String upstreamId() {
        return id;
    }

    @Override
    public @Nullable String upstreamModel() {
        return model;
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

    @Override
    public Map<Integer, String> finishes() {
        return finish == null ? Map.of() : Map.of(0, finish);
    }

    @Override
    public boolean content() {
        return content;
    }

    @Override
    public boolean ended() {
        return ended;
    }

    @Override
    public int toolCalls() {
        return toolCalls;
    }

    @Override
    public Tally tally() {
        return tally;
    }

    @Override
    public @Nullable Fault fault() {
        return fault;
    }
}
