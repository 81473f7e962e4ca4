package io.patchbay.plugin.hunyuan;

import io.patchbay.spi.chat.ChatMessage;
import io.patchbay.spi.chat.ChatMessage.ToolCall;
import io.patchbay.spi.chat.ContentPart;
import io.patchbay.spi.json.JsonArray;
import io.patchbay.spi.json.JsonObject;
import io.patchbay.spi.json.JsonValue;
import io.patchbay.toolkit.Conversation;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A conversation by the rules of the cloud API: one system message in front, then user (or tool) and assistant by turns,
 * a user or tool first and last, nothing empty.
 */
final class CloudMessages {
    /** Stands where the rules want words and there are none. */
    private static final String NOTHING = ".";

    private CloudMessages() {}

    static JsonArray of(List<ChatMessage> messages, boolean pictures) {
        List<JsonValue> all = new ArrayList<>();
        List<ChatMessage> repaired = Conversation.of(messages)
                .systemFirst()
                .userFirst()
                .withoutEmpty()
                .merged()
                .messages();
        repaired.forEach(message -> all.add(message(message, pictures)));
        boolean answered = !repaired.isEmpty() && !repaired.getLast().role().matches("system|assistant");
        if (!answered) {
            all.add(message(ChatMessage.of("user", NOTHING), false));
        }
        return new JsonArray(all);
    }

    private static JsonObject message(ChatMessage message, boolean pictures) {
        JsonObject.Builder said = JsonObject.builder().put("Role", message.role());
        boolean sees = pictures
                && message.parts().stream().anyMatch(part -> !part.kind().equals("text"));
        String text = message.text();
        if (sees) {
            said.put("Contents", parts(message));
        } else if (!text.isBlank() || message.toolCalls().isEmpty()) {
            said.put("Content", text.isBlank() ? NOTHING : text);
        }
        if (!message.toolCalls().isEmpty()) {
            said.put(
                    "ToolCalls",
                    new JsonArray(message.toolCalls().stream()
                            .map(CloudMessages::call)
                            .toList()));
        }
        return said.putIfPresent("ToolCallId", message.toolCallId()).build();
    }

    private static JsonValue call(ToolCall call) {
        return JsonObject.builder()
                .put("Id", call.id())
                .put("Type", "function")
                .put(
                        "Function",
                        JsonObject.builder()
                                .put("Name", call.name())
                                .put("Arguments", call.arguments())
                                .build())
                .build();
    }

    private static JsonArray parts(ChatMessage message) {
        List<JsonValue> all = new ArrayList<>();
        for (ContentPart part : message.parts()) {
            switch (part.kind()) {
                case "text" -> all.add(text(part.text() == null ? "" : part.text()));
                case "image" ->
                    all.add(media(
                            "image_url",
                            "ImageUrl",
                            part.image() == null
                                    ? null
                                    : JsonValue.of(part.image().url())));
                case "video_url" ->
                    all.add(media("video_url", "VideoUrl", part.raw().at("video_url", "url")));
                default -> {}
            }
        }
        if (message.text().isBlank()) {
            all.add(text(NOTHING));
        }
        return new JsonArray(all);
    }

    private static JsonObject text(String text) {
        return JsonObject.builder().put("Type", "text").put("Text", text).build();
    }

    private static JsonObject media(String type, String holder, @Nullable JsonValue url) {
        return JsonObject.builder()
                .put("Type", type)
                .put(holder, JsonObject.builder().putIfPresent("Url", url).build())
                .build();
    }
}
