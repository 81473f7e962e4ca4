package io.patchbay.dialects.openai;

import io.patchbay.spi.Usage;
import io.patchbay.spi.json.JsonObject;
import io.patchbay.spi.json.JsonValue;
import java.util.List;

/** Usage objects of the OpenAI dialects: chat, embeddings, images, audio, and how vendors vary them. */
final class UsageJson {
    /** No call consumes more; beyond it sums could overflow. */
    private static final long MOST = 1_000_000_000_000_000L;

    private static final List<String> INPUT_DETAILS = List.of("prompt_tokens_details", "input_tokens_details");
    private static final List<String> OUTPUT_DETAILS = List.of("completion_tokens_details", "output_tokens_details");

    private UsageJson() {}

    static Usage read(JsonValue json) {
        long input = first(json, "prompt_tokens", "input_tokens");
        long output = first(json, "completion_tokens", "output_tokens");
        long total = first(json, "total_tokens");
        long reasoning = Math.max(details(json, "reasoning_tokens", OUTPUT_DETAILS), first(json, "reasoning_tokens"));
        if (reasoning > 0 && total == input + output + reasoning) {
            // xAI and some Google fronts leave the reasoning out of the output.
            output += reasoning;
        }
        if (input == 0 && output == 0) {
            input = total;
        }
        long cached = Math.max(
                details(json, "cached_tokens", INPUT_DETAILS), first(json, "prompt_cache_hit_tokens", "cached_tokens"));
        long written = details(json, "cache_write_tokens", INPUT_DETAILS);
        return Usage.builder()
                .input(input)
                .output(output)
                .cachedInput(Math.min(cached, input))
                .cacheWrite(Math.min(written, input))
                .reasoning(Math.min(reasoning, output))
                .audioInput(Math.min(details(json, "audio_tokens", INPUT_DETAILS), input))
                .audioOutput(Math.min(details(json, "audio_tokens", OUTPUT_DETAILS), output))
                .imageInput(Math.min(details(json, "image_tokens", INPUT_DETAILS), input))
                .imageOutput(Math.min(details(json, "image_tokens", OUTPUT_DETAILS), output))
                .raw(json.asObject())
                .build();
    }

    private static long first(JsonValue json, String... names) {
        for (String name : names) {
            long value = json.longValue(name, 0);
            if (value > 0) {
                return Math.min(value, MOST);
            }
        }
        return 0;
    }

    private static long details(JsonValue json, String name, List<String> holders) {
        for (String holder : holders) {
            JsonValue inner = json.get(holder);
            if (inner != null && inner.longValue(name, 0) > 0) {
                return Math.min(inner.longValue(name, 0), MOST);
            }
        }
        return 0;
    }

    /** Returns the usage as chat answers carry it: the vendor's own object when it says the same, else one made anew. */
    static JsonObject write(Usage usage) {
        JsonObject raw = usage.raw();
        if (raw.longValue("prompt_tokens", -1) == usage.input()
                && raw.longValue("completion_tokens", -1) == usage.output()
                && raw.longValue("total_tokens", -1) == usage.input() + usage.output()) {
            return raw;
        }
        JsonObject.Builder prompt = JsonObject.builder().put("cached_tokens", usage.cachedInput());
        if (usage.cacheWrite() > 0) {
            prompt.put("cache_write_tokens", usage.cacheWrite());
        }
        return JsonObject.builder()
                .put("prompt_tokens", usage.input())
                .put("completion_tokens", usage.output())
                .put("total_tokens", usage.input() + usage.output())
                .put("prompt_tokens_details", prompt.build())
                .put(
                        "completion_tokens_details",
                        JsonObject.builder()
                                .put("reasoning_tokens", usage.reasoning())
                                .build())
                .build();
    }
}
