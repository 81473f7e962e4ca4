package io.patchbay.relay.edit;

import io.patchbay.spi.json.Json;
import io.patchbay.spi.json.JsonArray;
import io.patchbay.spi.json.JsonObject;
import io.patchbay.spi.json.JsonString;
import io.patchbay.spi.json.JsonValue;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The edits of messages once more, as simply as they can be said: on whole trees, two by two. */
final class MessageRules {
    private MessageRules() {}

    static List<JsonValue> expected(List<JsonValue> messages, boolean userFirst, boolean merge) {
        List<JsonValue> all = new ArrayList<>(messages);
        if (userFirst) {
            userFirst(all);
        }
        for (int i = 0; merge && i + 1 < all.size(); ) {
            JsonValue both = both(all.get(i), all.get(i + 1));
            if (both == null) {
                i++;
            } else {
                all.set(i, both);
                all.remove(i + 1);
            }
        }
        return all;
    }

    private static void userFirst(List<JsonValue> all) {
        int at = 0;
        while (at < all.size() && (isOf(all.get(at), "system") || isOf(all.get(at), "developer"))) {
            at++;
        }
        if (at < all.size() && isOf(all.get(at), "assistant")) {
            JsonObject first = all.get(at).asObject();
            if (first.elements("tool_calls").isEmpty()) {
                all.set(at, first.toBuilder().put("role", "user").build());
            } else {
                all.add(at, Json.parse("{\"role\":\"user\",\"content\":\" \"}"));
            }
        }
    }

    private static @Nullable JsonValue both(JsonValue first, JsonValue second) {
        boolean apart = !isOf(first, "user")
                || !isOf(second, "user")
                || !Objects.equals(first.string("name"), second.string("name"))
                || !first.elements("tool_calls").isEmpty()
                || !second.elements("tool_calls").isEmpty()
                || first.get("content") instanceof JsonObject
                || second.get("content") instanceof JsonObject;
        if (apart) {
            return null;
        }
        JsonValue before = content(first);
        JsonValue after = content(second);
        JsonValue content;
        if (isNothing(before)) {
            content = isNothing(after) && second.get("content") == null ? before : after;
        } else if (isNothing(after)) {
            content = before;
        } else if (before instanceof JsonString a && after instanceof JsonString b) {
            content = new JsonString(a.value() + "\n" + b.value());
        } else {
            List<JsonValue> parts = new ArrayList<>(parts(before));
            parts.addAll(parts(after));
            content = new JsonArray(parts);
        }
        return first.asObject().toBuilder()
                .putAll(second.asObject())
                .put("content", content)
                .build();
    }

    private static JsonValue content(JsonValue message) {
        JsonValue content = message.get("content");
        return content == null ? Json.parse("null") : content;
    }

    private static boolean isNothing(JsonValue content) {
        return content.isNull() || "".equals(content.string()) || content.equals(JsonArray.EMPTY);
    }

    private static List<JsonValue> parts(JsonValue content) {
        return content instanceof JsonString text
                ? List.of(JsonObject.builder()
                        .put("type", "text")
                        .put("text", text.value())
                        .build())
                : content.elements();
    }

    private static boolean isOf(JsonValue message, String role) {
        return role.equals(message.string("role"));
    }
}
