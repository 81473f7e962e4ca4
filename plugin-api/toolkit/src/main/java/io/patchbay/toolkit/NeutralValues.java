package io.patchbay.toolkit;

import io.patchbay.spi.json.JsonBoolean;
import io.patchbay.spi.json.JsonValue;

/** Values of request fields that ask for what happens without them, so that leaving them out loses nothing. */
final class NeutralValues {
    private NeutralValues() {}

    /** Returns whether a field of that name and value asks for nothing special. */
    static boolean isNeutral(String name, JsonValue value) {
        if (value.isNull()) {
            return true;
        }
        return switch (name) {
            case "n" -> value.equals(JsonValue.of(1));
            case "logprobs", "store" -> value.equals(JsonBoolean.FALSE);
            case "parallel_tool_calls" -> value.equals(JsonBoolean.TRUE);
            case "tool_choice", "service_tier" -> value.equals(JsonValue.of("auto"));
            case "response_format" -> "text".equals(value.string("type"));
            case "presence_penalty", "frequency_penalty", "top_logprobs" ->
                value.number() != null && value.number().signum() == 0;
            default -> false;
        };
    }
}
