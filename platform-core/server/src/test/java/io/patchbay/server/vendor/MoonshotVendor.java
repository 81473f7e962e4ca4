package io.patchbay.server.vendor;

import io.patchbay.spi.json.JsonValue;
import io.patchbay.testkit.upstream.Script;
import java.util.Set;

/** Moonshot: the usage of a stream stands inside a choice. */
public final class MoonshotVendor extends CompatibleVendor {
    private static final String USAGE =
            "{\"prompt_tokens\":9,\"completion_tokens\":4,\"total_tokens\":13,\"cached_tokens\":0}";

    /** Creates the vendor. */
    public MoonshotVendor() {
        super(
                "moonshot",
                "moonshot-v1-8k",
                "/v1/chat/completions",
                Set.of("seed", "top_k", "logprobs", "logit_bias", "reasoning_effort"));
    }

    @Override
    Script chat(JsonValue body, boolean stream) {
        if (!stream) {
            return whole("\"content\":\"" + TEXT + "\"", USAGE);
        }
        return Script.answer()
                .sse(
                        chunk(
                                "\"delta\":{\"role\":\"assistant\",\"content\":\"Good day, \"},\"finish_reason\":null",
                                ""),
                        chunk("\"delta\":{\"content\":\"世界!\"},\"finish_reason\":null", ""),
                        chunk("\"delta\":{},\"finish_reason\":\"stop\",\"usage\":" + USAGE, ""));
    }
}
