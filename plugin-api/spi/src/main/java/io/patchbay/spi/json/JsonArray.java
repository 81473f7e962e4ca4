package io.patchbay.spi.json;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A JSON array. */
public record JsonArray(List<JsonValue> elements) implements JsonValue {
    public static final JsonArray EMPTY = new JsonArray(List.of());

    public JsonArray {
        elements = List.copyOf(elements);
    }

    /** Returns an array of strings. */
    public static JsonArray ofStrings(List<String> texts) {
        List<JsonValue> values = new ArrayList<>(texts.size());
        texts.forEach(text -> values.add(new JsonString(text)));
        return new JsonArray(values);
    }

    @Override
    public @Nullable JsonValue get(int index) {
        return index >= 0 && index < elements.size() ? elements.get(index) : null;
    }

    @Override
    public String toString() {
        return toJson();
    }
}
