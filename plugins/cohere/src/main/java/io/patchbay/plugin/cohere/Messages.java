package io.patchbay.plugin.cohere;

import io.patchbay.spi.chat.ChatMessage;
import io.patchbay.spi.chat.ContentPart;
import io.patchbay.spi.json.JsonArray;
import io.patchbay.spi.json.JsonObject;
import io.patchbay.spi.json.JsonValue;
import java.util.ArrayList;
import java.util.List;

/** Writes messages as Cohere wants them. */
final class Messages {
    private Messages() {}

    /**
     * Writes the messages of a conversation.
     *
     * @param pictures whether the model looks at pictures; where it does not they are left out
     */
    static JsonArray written(List<ChatMessage> messages, boolean pictures) {
        return new JsonArray(messages.stream()
                .map(message -> (JsonValue)
                        switch (message.role()) {
                            case "system", "developer" -> said("system", message.text());
                            case "assistant" -> assistant(message);
                            case "tool", "function" -> tool(message);
                            default -> user(message, pictures);
                        })
                .toList());
    }

    private static JsonObject said(String role, String text) {
        return JsonObject.builder().put("role", role).put("content", text).build();
    }

    private static JsonObject user(ChatMessage message, boolean pictures) {
        boolean seen = pictures && message.parts().stream().anyMatch(part -> part.image() != null);
        if (!seen) {
            return said("user", message.text());
        }
        List<JsonValue> parts = new ArrayList<>();
        for (ContentPart part : message.parts()) {
            if (part.text() != null) {
                parts.add(JsonObject.builder()
                        .put("type", "text")
                        .put("text", part.text())
                        .build());
            } else if (part.image() != null) {
                JsonObject image = JsonObject.builder()
                        .put("url", part.image().url())
                        .putIfPresent("detail", part.image().detail())
                        .build();
                parts.add(JsonObject.builder()
                        .put("type", "image_url")
                        .put("image_url", image)
                        .build());
            }
        }
        return JsonObject.builder()
                .put("role", "user")
                .put("content", new JsonArray(parts))
                .build();
    }

    private static JsonObject assistant(ChatMessage message) {
        if (message.toolCalls().isEmpty()) {
            return said("assistant", message.text());
        }
        List<JsonValue> calls = new ArrayList<>();
        for (ChatMessage.ToolCall call : message.toolCalls()) {
            JsonObject function = JsonObject.builder()
                    .put("name", call.name())
                    .put("arguments", call.arguments().isBlank() ? "{}" : call.arguments())
                    .build();
            calls.add(JsonObject.builder()
                    .put("id", call.id())
                    .put("type", "function")
                    .put("function", function)
                    .build());
        }
        // What was told as reasoning was the plan; other vendors' models say theirs as text.
        String reasoning = message.extra().string("reasoning_content", "");
        String plan = (reasoning + "\n" + message.text()).strip();
        JsonObject.Builder told = JsonObject.builder().put("role", "assistant");
        if (!plan.isEmpty()) {
            told.put("tool_plan", plan);
        }
        return told.put("tool_calls", new JsonArray(calls)).build();
    }

    private static JsonObject tool(ChatMessage message) {
        return JsonObject.builder()
                .put("role", "tool")
                .put("tool_call_id", message.toolCallId() == null ? "" : message.toolCallId())
                .put("content", message.text())
                .build();
    }
}
