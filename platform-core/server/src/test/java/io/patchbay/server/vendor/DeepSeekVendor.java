package io.patchbay.server.vendor;

import io.patchbay.spi.json.JsonValue;
import io.patchbay.testkit.upstream.Script;
import java.util.Set;

/** DeepSeek: an old name of a model, usage in the chunk with the finish reason, contents that are strings. */
public final class DeepSeekVendor extends CompatibleVendor {
    private static final String USAGE = "{\"prompt_tokens\":9,\"completion_tokens\":4,\"total_tokens\":13,"
            + "\"prompt_cache_hit_tokens\":0,\"prompt_cache_miss_tokens\":9}";

    /** Creates the vendor. */
    public DeepSeekVendor() {
        super("deepseek", "deepseek-chat", "/chat/completions", Set.of("seed", "logit_bias", "max_completion_tokens"));
    }

    @Override
    String upstreamModel() {
        return "deepseek-v4-flash";
    }

    @Override
    Script chat(JsonValue body, boolean stream) {
        JsonValue thinking = body.at("thinking", "type");
        boolean strings = body.elements("messages").stream().allMatch(message -> message.string("content") != null);
        if (!strings || !JsonValue.of("disabled").equals(thinking)) {
            return Script.answer(400)
                    .json(
                            "{\"error\":{\"message\":\"expected strings and no thinking\",\"code\":\"invalid_request_error\"}}");
        }
        if (!stream) {
            return whole("\"content\":\"" + TEXT + "\",\"reasoning_content\":null", USAGE);
        }
        return Script.answer()
                .comment("keep-alive")
                .sse(
                        chunk(
                                "\"delta\":{\"role\":\"assistant\",\"content\":\"\",\"reasoning_content\":null}",
                                ",\"usage\":null"),
                        chunk("\"delta\":{\"content\":\"Good day, \"},\"finish_reason\":null", ",\"usage\":null"),
                        chunk("\"delta\":{\"content\":\"世界!\"},\"finish_reason\":\"stop\"", ",\"usage\":" + USAGE));
    }
}
