package io.patchbay.dialects.openai;

import io.patchbay.spi.json.JsonArray;
import io.patchbay.spi.json.JsonNull;
import io.patchbay.spi.json.JsonObject;
import io.patchbay.spi.json.JsonString;
import io.patchbay.spi.json.JsonValue;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** How messages in OpenAI's chat form become one, for upstreams that do not take two of one role in a row. */
public final class JoinedMessages {
    private JoinedMessages() {}

    /**
     * Returns one message that says what all of them say. Their contents are joined with line breaks; of other members
     * that several have, the last one is kept.
     *
     * @param messages at least one
     */
    public static JsonObject of(List<JsonObject> messages) {
        JsonObject.Builder all = JsonObject.builder();
        messages.forEach(all::putAll);
        return all.put("content", content(contents(messages), "\n")).build();
    }

    /** Returns the contents of messages, {@code null} for those that have none. */
    public static List<@Nullable JsonValue> contents(List<JsonObject> messages) {
        List<@Nullable JsonValue> contents = new ArrayList<>(messages.size());
        messages.forEach(message -> contents.add(message.get("content")));
        return contents;
    }

    /** Returns whether a message may be joined with others: tool calls and their results must be told apart. */
    public static boolean joinable(JsonObject message) {
        return isEmpty(message.get("tool_calls"))
                && isEmpty(message.get("tool_call_id"))
                && isEmpty(message.get("function_call"));
    }

    /**
     * Returns one content in place of several: one text when all are texts, else a list of the parts of all, in which
     * texts are text parts. What is empty counts for nothing.
     *
     * @param contents {@code null} for a message that has none
     * @param between stands between two texts
     */
    public static JsonValue content(List<? extends @Nullable JsonValue> contents, String between) {
        List<JsonValue> said = new ArrayList<>(contents.size());
        JsonValue empty = JsonNull.NULL;
        for (JsonValue content : contents) {
            if (!isEmpty(content)) {
                said.add(content);
            } else if (content != null) {
                empty = content;
            }
        }
        if (said.size() < 2) {
            return said.isEmpty() ? empty : said.getFirst();
        }
        StringBuilder text = new StringBuilder();
        List<JsonValue> parts = new ArrayList<>();
        for (JsonValue content : said) {
            if (content.string() != null && parts.isEmpty()) {
                text.append(text.isEmpty() ? "" : between).append(content.string());
            } else {
                if (!text.isEmpty()) {
                    parts.add(text(text.toString()));
                    text.setLength(0);
                }
                parts.addAll(content.string() == null ? content.elements() : List.of(text(content.string())));
            }
        }
        return parts.isEmpty() ? new JsonString(text.toString()) : new JsonArray(parts);
    }

    private static JsonValue text(String text) {
        return JsonObject.builder().put("type", "text").put("text", text).build();
    }

    /** Returns whether a content says nothing: it is missing, {@code null}, an empty text or an empty list. */
    public static boolean isEmpty(@Nullable JsonValue content) {
        return content == null
                || content.isNull()
                || "".equals(content.string())
                || content instanceof JsonArray parts && parts.elements().isEmpty();
    }
}
