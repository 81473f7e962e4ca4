package io.patchbay.server.crash;

import io.patchbay.spi.json.JsonValue;
import org.jspecify.annotations.Nullable;

/** The token counts that somebody tells of one call. */
record Tokens(long input, long output) {
    /** Returns the usage that an answer in one of OpenAI's formats, or a chunk of one, tells; {@code null} for none. */
    static @Nullable Tokens told(JsonValue answer) {
        JsonValue usage = answer.get("usage");
        if (usage == null || usage.get("total_tokens") == null) {
            return null;
        }
        return new Tokens(
                usage.longValue("prompt_tokens", usage.longValue("input_tokens", 0)),
                usage.longValue("completion_tokens", usage.longValue("output_tokens", 0)));
    }
}
