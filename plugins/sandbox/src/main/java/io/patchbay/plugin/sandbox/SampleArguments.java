package io.patchbay.plugin.sandbox;

import io.patchbay.spi.json.JsonArray;
import io.patchbay.spi.json.JsonObject;
import io.patchbay.spi.json.JsonValue;
import java.util.List;

/** Makes the simplest arguments a tool's schema allows: its required properties with plain values. */
final class SampleArguments {
    private static final int MOST_DEPTH = 8;

    private SampleArguments() {}

    static JsonObject of(JsonObject schema) {
        return object(schema, 0);
    }

    private static JsonObject object(JsonValue schema, int depth) {
        JsonObject.Builder arguments = JsonObject.builder();
        for (JsonValue required : schema.elements("required")) {
            String name = required.string();
            if (name != null) {
                JsonValue property = schema.at("properties", name);
                arguments.put(name, value(property == null ? JsonObject.EMPTY : property, depth + 1));
            }
        }
        return arguments.build();
    }

    private static JsonValue value(JsonValue schema, int depth) {
        List<JsonValue> allowed = schema.elements("enum");
        if (!allowed.isEmpty()) {
            return allowed.getFirst();
        }
        JsonValue type = schema.get("type");
        String name = type == null ? "string" : type.string() == null ? firstOf(type) : type.string();
        return switch (name) {
            case "integer", "number" -> JsonValue.of(1);
            case "boolean" -> JsonValue.of(true);
            case "array" -> JsonArray.EMPTY;
            case "object" -> depth >= MOST_DEPTH ? JsonObject.EMPTY : object(schema, depth);
            default -> JsonValue.of("sandbox");
        };
    }

    private static String firstOf(JsonValue types) {
        JsonValue first = types.get(0);
        String name = first == null ? null : first.string();
        return name == null ? "string" : name;
    }
}
