package io.patchbay.plugin.dashscope;

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

/** The messages of a chat in the native form: plain texts, or lists of parts for models that see and hear. */
final class QwenMessages {
    private QwenMessages() {}

    static JsonArray of(List<ChatMessage> messages, boolean parts) {
        List<JsonValue> all = new ArrayList<>();
        for (ChatMessage message : Conversation.of(messages)
                .systemFirst()
                .userFirst()
                .withoutEmpty()
                .merged()
                .messages()) {
            JsonObject.Builder said = JsonObject.builder().put("role", message.role());
            said.put("content", parts ? parts(message) : JsonValue.of(message.text()));
            if (!message.toolCalls().isEmpty()) {
                said.put(
                        "tool_calls",
                        new JsonArray(message.toolCalls().stream()
                                .map(QwenMessages::call)
                                .toList()));
            }
            all.add(said.putIfPresent("tool_call_id", message.toolCallId()).build());
        }
        return new JsonArray(all);
    }

    private static JsonValue call(ToolCall call) {
        return JsonObject.builder()
                .put("id", call.id())
                .put("type", "function")
                .put(
                        "function",
                        JsonObject.builder()
                                .put("name", call.name())
                                .put("arguments", call.arguments())
                                .build())
                .build();
    }

    private static JsonArray parts(ChatMessage message) {
        List<JsonValue> all = new ArrayList<>();
        for (ContentPart part : message.parts()) {
            JsonObject written = part(part);
            if (written != null) {
                all.add(written);
            }
        }
        return new JsonArray(all);
    }

    private static @Nullable JsonObject part(ContentPart part) {
        JsonObject raw = part.raw();
        return switch (part.kind()) {
            case "text" -> one("text", JsonValue.of(part.text()));
            case "image" ->
                one(
                        "image",
                        JsonValue.of(part.image() == null ? "" : part.image().url()));
            case "video_url" -> one("video", raw.at("video_url", "url"));
            case "input_audio" -> one("audio", sound(raw.get("input_audio")));
            default -> null;
        };
    }

    private static @Nullable JsonValue sound(@Nullable JsonValue audio) {
        String data = audio == null ? null : audio.string("data");
        return audio == null || data == null
                ? null
                : JsonValue.of("data:audio/" + audio.string("format", "wav") + ";base64," + data);
    }

    private static @Nullable JsonObject one(String name, @Nullable JsonValue value) {
        return value == null ? null : JsonObject.builder().put(name, value).build();
    }
}
