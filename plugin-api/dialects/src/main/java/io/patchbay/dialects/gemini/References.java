package io.patchbay.dialects.gemini;

import io.patchbay.spi.json.JsonArray;
import io.patchbay.spi.json.JsonObject;
import io.patchbay.spi.json.JsonValue;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Writes a JSON Schema without references: what a local {@code $ref} points at is put in its place. A circle, a
 * reference into nothing, and whatever is nested absurdly deep or large become a plain object.
 */
final class References {
    private static final JsonObject ANYTHING =
            JsonObject.builder().put("type", "object").build();
    private static final int DEEPEST = 64;
    private static final int MOST_NODES = 20_000;

    /** What only names, comments on or defines things. */
    private static final Set<String> FURNITURE =
            Set.of("$schema", "$id", "$defs", "definitions", "$comment", "$anchor", "$vocabulary");
    /** Members that hold schemas by the names of properties. */
    private static final Set<String> MAPS = Set.of("properties", "patternProperties", "dependentSchemas");
    /** Members that hold a schema or a list of them. */
    private static final Set<String> SCHEMAS = Set.of(
            "items",
            "prefixItems",
            "additionalItems",
            "additionalProperties",
            "unevaluatedProperties",
            "unevaluatedItems",
            "propertyNames",
            "contains",
            "anyOf",
            "oneOf",
            "allOf",
            "not",
            "if",
            "then",
            "else");

    private final JsonObject root;
    private final Deque<String> open = new ArrayDeque<>();
    private int nodes;

    private References(JsonObject root) {
        this.root = root;
    }

    static JsonObject inlined(JsonObject schema) {
        return new References(schema).schema(schema, 0).asObject();
    }

    private JsonValue schema(JsonValue value, int depth) {
        if (value instanceof JsonArray list) {
            List<JsonValue> all = new ArrayList<>();
            list.elements().forEach(element -> all.add(schema(element, depth)));
            return new JsonArray(all);
        }
        if (!(value instanceof JsonObject schema)) {
            return value;
        }
        if (depth > DEEPEST || ++nodes > MOST_NODES) {
            return ANYTHING;
        }
        String reference = schema.string("$ref");
        return reference == null ? plain(schema, depth) : referred(schema, reference, depth);
    }

    private JsonValue referred(JsonObject schema, String reference, int depth) {
        JsonValue target = open.contains(reference) ? null : target(reference);
        JsonObject rest = plain(schema.toBuilder().remove("$ref").build(), depth);
        if (!(target instanceof JsonObject)) {
            return ANYTHING.toBuilder().putAll(rest).build();
        }
        open.push(reference);
        JsonObject found = schema(target, depth + 1).asObject();
        open.pop();
        return found.toBuilder().putAll(rest).build();
    }

    private JsonObject plain(JsonObject schema, int depth) {
        JsonObject.Builder plain = JsonObject.builder();
        schema.members().forEach((name, value) -> {
            if (FURNITURE.contains(name)) {
                return;
            }
            if (MAPS.contains(name) && value instanceof JsonObject map) {
                JsonObject.Builder named = JsonObject.builder();
                map.members().forEach((property, inner) -> named.put(property, schema(inner, depth + 1)));
                plain.put(name, named.build());
            } else {
                plain.put(name, SCHEMAS.contains(name) ? schema(value, depth + 1) : value);
            }
        });
        return plain.build();
    }

    private @Nullable JsonValue target(String reference) {
        if (reference.equals("#")) {
            return root;
        }
        if (!reference.startsWith("#/")) {
            return null;
        }
        JsonValue value = root;
        for (String step : reference.substring(2).split("/", -1)) {
            String name = decoded(step).replace("~1", "/").replace("~0", "~");
            JsonValue next = value.get(name);
            if (next == null && value instanceof JsonArray && name.matches("\\d{1,4}")) {
                next = value.get(Integer.parseInt(name));
            }
            if (next == null) {
                return null;
            }
            value = next;
        }
        return value;
    }

    private static String decoded(String step) {
        try {
            return step.indexOf('%') < 0 ? step : URLDecoder.decode(step.replace("+", "%2B"), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            return step;
        }
    }
}
