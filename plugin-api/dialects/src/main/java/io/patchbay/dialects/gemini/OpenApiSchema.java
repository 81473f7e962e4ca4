package io.patchbay.dialects.gemini;

import io.patchbay.spi.json.JsonArray;
import io.patchbay.spi.json.JsonNull;
import io.patchbay.spi.json.JsonNumber;
import io.patchbay.spi.json.JsonObject;
import io.patchbay.spi.json.JsonString;
import io.patchbay.spi.json.JsonValue;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Writes a JSON Schema in the part of OpenAPI's language that older models take (Schema, read 2026-11): anything else
 * makes them refuse the whole request. What has another word there is translated, the rest only constrained the model
 * and is left out.
 */
final class OpenApiSchema {
    private static final Set<String> KEPT = Set.of(
            "description",
            "nullable",
            "propertyOrdering",
            "maxItems",
            "minItems",
            "minLength",
            "maxLength",
            "minimum",
            "maximum",
            "pattern");
    private static final Set<String> TEXT_FORMATS = Set.of("enum", "date-time");
    private static final Set<String> NUMBER_FORMATS = Set.of("int32", "int64", "float", "double");
    private static final JsonObject TEXT =
            JsonObject.builder().put("type", "string").build();

    private OpenApiSchema() {}

    /** Returns the schema; references are inlined first. */
    static JsonObject of(JsonObject schema) {
        return schema(References.inlined(schema));
    }

    private static JsonObject schema(JsonObject given) {
        JsonObject schema = withoutAllOf(given);
        JsonObject.Builder clean = JsonObject.builder();
        boolean nullable = type(schema, clean);
        values(schema, clean);
        schema.members().forEach((name, value) -> {
            if (KEPT.contains(name)) {
                clean.put(name, value);
            }
        });
        if (schema.string("title") != null) {
            clean.put("title", schema.string("title"));
        }
        bounds(schema, clean);
        nullable |= choices(schema, clean);
        members(schema, clean);
        if (nullable) {
            clean.put("nullable", true);
        }
        return clean.build();
    }

    private static JsonObject schema(JsonValue given) {
        return given instanceof JsonObject object ? schema(object) : JsonObject.EMPTY;
    }

    /** Sets type and format; returns whether null is among the types. */
    private static boolean type(JsonObject schema, JsonObject.Builder clean) {
        List<String> types = new ArrayList<>();
        JsonValue type = schema.get("type");
        if (type != null && type.string() != null) {
            types.add(type.string().toLowerCase(Locale.ROOT));
        }
        schema.elements("type")
                .forEach(one -> types.add(String.valueOf(one.string()).toLowerCase(Locale.ROOT)));
        boolean nullable = types.remove("null");
        if (types.isEmpty() && (schema.get("properties") instanceof JsonObject)) {
            types.add("object");
        }
        if (types.size() == 1) {
            clean.put("type", types.getFirst());
            String format = schema.string("format", "");
            Set<String> known = types.getFirst().equals("string") ? TEXT_FORMATS : NUMBER_FORMATS;
            if (known.contains(format)) {
                clean.put("format", format);
            }
        } else if (types.size() > 1) {
            List<JsonValue> each = new ArrayList<>();
            types.forEach(one -> each.add(JsonObject.builder().put("type", one).build()));
            clean.put("anyOf", new JsonArray(each));
        }
        return nullable;
    }

    /** Values to choose from are texts there, and the only one of a constant. */
    private static void values(JsonObject schema, JsonObject.Builder clean) {
        List<JsonValue> values = new ArrayList<>(schema.elements("enum"));
        JsonValue constant = schema.get("const");
        if (constant != null) {
            values = List.of(constant);
        }
        List<JsonValue> texts = new ArrayList<>();
        for (JsonValue value : values) {
            String text = value.scalarText();
            if (text != null && !text.isEmpty()) {
                texts.add(new JsonString(text));
            }
        }
        if (!texts.isEmpty()) {
            clean.put("type", "string").put("enum", new JsonArray(texts));
        }
        if (values.contains(JsonNull.NULL)) {
            clean.put("nullable", true);
        }
    }

    private static void bounds(JsonObject schema, JsonObject.Builder clean) {
        boolean whole = "integer".equals(schema.string("type"));
        bound(schema, clean, "exclusiveMinimum", "minimum", whole ? BigDecimal.ONE : BigDecimal.ZERO);
        bound(schema, clean, "exclusiveMaximum", "maximum", whole ? BigDecimal.ONE.negate() : BigDecimal.ZERO);
    }

    private static void bound(
            JsonObject schema, JsonObject.Builder clean, String exclusive, String inclusive, BigDecimal step) {
        JsonValue bound = schema.get(exclusive);
        BigDecimal number = bound == null ? null : bound.number();
        if (number != null && schema.get(inclusive) == null) {
            clean.put(inclusive, new JsonNumber(number.add(step).toPlainString()));
        }
    }

    /** Sets the alternatives; returns whether null is one of them. */
    private static boolean choices(JsonObject schema, JsonObject.Builder clean) {
        List<JsonValue> all = new ArrayList<>(schema.elements("anyOf"));
        all.addAll(schema.elements("oneOf"));
        boolean nullable = all.removeIf(one -> "null".equals(one.string("type")));
        if (all.size() == 1) {
            schema(all.getFirst()).members().forEach(clean::put);
        } else if (!all.isEmpty()) {
            List<JsonValue> each = new ArrayList<>();
            all.forEach(one -> each.add(schema(one)));
            clean.put("anyOf", new JsonArray(each));
        }
        return nullable;
    }

    private static void members(JsonObject schema, JsonObject.Builder clean) {
        if (schema.get("properties") instanceof JsonObject properties && !properties.isEmpty()) {
            Map<String, JsonValue> each = new LinkedHashMap<>();
            properties.members().forEach((name, value) -> each.put(name, schema(value)));
            clean.put("properties", JsonObject.of(each));
            List<JsonValue> required = new ArrayList<>();
            for (JsonValue name : schema.elements("required")) {
                if (name.string() != null && properties.has(name.string())) {
                    required.add(name);
                }
            }
            if (!required.isEmpty()) {
                clean.put("required", new JsonArray(required));
            }
        }
        JsonValue items = schema.get("items");
        JsonValue tuple = items == null ? schema.get("prefixItems") : items;
        JsonValue item = tuple instanceof JsonArray ? tuple.get(0) : tuple;
        if (item instanceof JsonObject object) {
            clean.put("items", schema(object));
        } else if ("array".equals(schema.string("type"))) {
            clean.put("items", TEXT);
        }
    }

    /** Joins what all of several schemas demand into one. */
    private static JsonObject withoutAllOf(JsonObject schema) {
        List<JsonValue> parts = schema.elements("allOf");
        if (parts.isEmpty()) {
            return schema;
        }
        JsonObject joined = schema.toBuilder().remove("allOf").build();
        for (JsonValue part : parts) {
            joined = joined(joined, withoutAllOf(part.asObject()));
        }
        return joined;
    }

    private static JsonObject joined(JsonObject one, JsonObject other) {
        JsonObject.Builder all = other.toBuilder().putAll(one);
        all.putIfPresent("properties", members(one.get("properties"), other.get("properties")));
        Set<JsonValue> required = new LinkedHashSet<>(one.elements("required"));
        required.addAll(other.elements("required"));
        if (!required.isEmpty()) {
            all.put("required", new JsonArray(List.copyOf(required)));
        }
        return all.build();
    }

    private static @Nullable JsonValue members(@Nullable JsonValue one, @Nullable JsonValue other) {
        if (one == null || other == null) {
            return one == null ? other : one;
        }
        return other.asObject().toBuilder().putAll(one.asObject()).build();
    }
}
