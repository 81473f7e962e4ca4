package io.patchbay.server.vendor;

import io.patchbay.spi.json.JsonValue;
import io.patchbay.testkit.upstream.Script;
import java.net.URI;
import java.util.Set;

/** Groq: its path lies below another, and the usage of a stream stands in a member of its own. */
public final class GroqVendor extends CompatibleVendor {
    private static final String USAGE =
            "{\"queue_time\":0.1,\"prompt_tokens\":9,\"completion_tokens\":4,\"total_tokens\":13}";

    /** Creates the vendor. */
    public GroqVendor() {
        super(
                "groq",
                "llama-3.3-70b-versatile",
                "/openai/v1/chat/completions",
                Set.of("n", "logprobs", "top_logprobs", "logit_bias", "reasoning_effort"));
    }

    @Override
    public String endpoint(URI upstream) {
        return upstream + "/openai";
    }

    @Override
    Script chat(JsonValue body, boolean stream) {
        if (!stream) {
            return whole("\"content\":\"" + TEXT + "\"", USAGE);
        }
        return Script.answer()
                .sse(
                        chunk("\"delta\":{\"role\":\"assistant\",\"content\":\"\"}", ",\"x_groq\":{\"id\":\"req_1\"}"),
                        chunk("\"delta\":{\"content\":\"" + TEXT + "\"},\"finish_reason\":null", ""),
                        chunk(
                                "\"delta\":{},\"finish_reason\":\"stop\"",
                                ",\"x_groq\":{\"id\":\"req_1\",\"usage\":" + USAGE + "}"));
    }
}
