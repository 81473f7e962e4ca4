package io.patchbay.dialects.openai;

import io.patchbay.spi.json.JsonArray;
import io.patchbay.spi.json.JsonObject;
import io.patchbay.spi.json.JsonString;
import io.patchbay.spi.json.JsonValue;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Puts members that came in pieces together: lists grow, objects are merged, texts that stream are joined. */
final class Merging {
    /** Strings that come in pieces; any other string is said anew. */
    private static final Set<String> STREAMED = Set.of("data", "transcript");

    private Merging() {}

    static JsonObject objects(JsonObject old, JsonObject added) {
        JsonObject.Builder all = old.toBuilder();
        for (Map.Entry<String, JsonValue> member : added.members().entrySet()) {
            String name = member.getKey();
            all.put(name, merged(name, old.get(name), member.getValue()));
        }
        return all.build();
    }

    private static JsonValue merged(String name, @Nullable JsonValue old, JsonValue added) {
        if (old instanceof JsonArray before && added instanceof JsonArray after) {
            List<JsonValue> all = new ArrayList<>(before.elements());
            all.addAll(after.elements());
            return new JsonArray(all);
        }
        if (old instanceof JsonObject before && added instanceof JsonObject after) {
            return objects(before, after);
        }
        if (old instanceof JsonString before && added instanceof JsonString after && STREAMED.contains(name)) {
            return new JsonString(before.value() + after.value());
        }
        return added.isNull() && old != null ? old : added;
    }
}
