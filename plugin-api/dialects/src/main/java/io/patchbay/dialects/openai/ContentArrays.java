package io.patchbay.dialects.openai;

import io.patchbay.spi.json.JsonArray;
import io.patchbay.spi.json.JsonValue;

/** Content that comes as a list of parts in place of a string (Mistral, Databricks). */
final class ContentArrays {
    private ContentArrays() {}

    /** Returns the visible text of all parts. */
    static String text(JsonValue parts) {
        StringBuilder text = new StringBuilder();
        for (JsonValue part : parts.elements()) {
            if (part.string() != null) {
                text.append(part.string());
            } else if (!isReasoning(part)) {
                text.append(part.string("text", ""));
            }
        }
        return text.toString();
    }

    /** Returns the reasoning of all parts. */
    static String reasoning(JsonValue parts) {
        StringBuilder text = new StringBuilder();
        for (JsonValue part : parts.elements()) {
            if (isReasoning(part)) {
                for (String name : new String[] {"thinking", "reasoning", "summary", "text"}) {
                    JsonValue value = part.get(name);
                    if (value != null) {
                        text.append(
                                value instanceof JsonArray list
                                        ? text(list)
                                        : value.string() == null ? "" : value.string());
                        break;
                    }
                }
            }
        }
        return text.toString();
    }

    private static boolean isReasoning(JsonValue part) {
        String type = part.string("type", "");
        return type.equals("thinking") || type.equals("reasoning");
    }
}
