package io.patchbay.dialects.anthropic;

import io.patchbay.spi.json.JsonArray;
import io.patchbay.spi.json.JsonObject;
import io.patchbay.spi.json.JsonValue;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** JSON schemas as the vendor takes them. */
final class Schemas {
    private static final List<String> CHOICES = List.of("anyOf", "oneOf", "allOf");
    private static final Set<String> OF_NAMES = Set.of("properties", "$defs", "definitions");
    private static final int DEEPEST = 100;

    private Schemas() {}

    /**
     * Returns the schema of a tool's input: an object at the top, whose alternatives are put together into one list of
     * properties, because alternatives at the top are refused.
     */
    static JsonObject input(JsonObject schema) {
        JsonObject.Builder input = schema.toBuilder().put("type", "object");
        Map<String, JsonValue> properties = new LinkedHashMap<>(properties(schema));
        List<JsonValue> required = new ArrayList<>(schema.elements("required"));
        for (String choice : CHOICES) {
            for (JsonValue branch : schema.elements(choice)) {
                properties(branch).forEach(properties::putIfAbsent);
                if (choice.equals("allOf")) {
                    branch.elements("required").stream()
                            .filter(name -> !required.contains(name))
                            .forEach(required::add);
                }
            }
            input.remove(choice);
        }
        input.put("properties", JsonObject.of(properties));
        if (!required.isEmpty()) {
            input.put("required", new JsonArray(required));
        }
        return input.build();
    }

    private static Map<String, JsonValue> properties(JsonValue schema) {
        JsonValue properties = schema.get("properties");
        return properties == null ? Map.of() : properties.asObject().members();
    }

    /** Returns the schema with all its objects closed: open ones are refused for answers, where clients forget it. */
    static JsonObject closed(JsonObject schema) {
        return closed(schema, 0).asObject();
    }

    private static JsonValue closed(JsonValue schema, int depth) {
        if (!(schema instanceof JsonObject object) || depth > DEEPEST) {
            return schema;
        }
        JsonObject.Builder closed = object.toBuilder();
        object.members().forEach((name, value) -> {
            if (OF_NAMES.contains(name)) {
                Map<String, JsonValue> inner = new LinkedHashMap<>();
                value.asObject().members().forEach((key, one) -> inner.put(key, closed(one, depth + 1)));
                closed.put(name, JsonObject.of(inner));
            } else if (CHOICES.contains(name)) {
                closed.put(
                        name,
                        new JsonArray(value.elements().stream()
                                .map(one -> closed(one, depth + 1))
                                .toList()));
            } else if (name.equals("items")) {
                closed.put(name, closed(value, depth + 1));
            }
        });
        if ("object".equals(object.string("type")) && !object.has("additionalProperties")) {
            closed.put("additionalProperties", false);
        }
        return closed.build();
    }
}
