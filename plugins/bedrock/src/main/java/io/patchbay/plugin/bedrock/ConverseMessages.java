package io.patchbay.plugin.bedrock;

import static io.patchbay.plugin.bedrock.ConverseRequest.object;

import io.patchbay.spi.chat.ChatMessage;
import io.patchbay.spi.chat.ChatMessage.ToolCall;
import io.patchbay.spi.chat.ContentPart;
import io.patchbay.spi.json.Json;
import io.patchbay.spi.json.JsonArray;
import io.patchbay.spi.json.JsonException;
import io.patchbay.spi.json.JsonObject;
import io.patchbay.spi.json.JsonValue;
import io.patchbay.toolkit.RequestFields;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Writes messages: roles alternate, answers of tools are blocks of the user's next turn, blank texts are refused upstream. */
final class ConverseMessages {
    private static final Map<String, String> FORMATS =
            Map.of("image/png", "png", "image/jpeg", "jpeg", "image/gif", "gif", "image/webp", "webp");

    private final List<JsonValue> messages = new ArrayList<>();
    private final RequestFields fields;
    private List<JsonValue> blocks = new ArrayList<>();
    private String role = "";

    private ConverseMessages(RequestFields fields) {
        this.fields = fields;
    }

    static JsonArray write(List<ChatMessage> conversation, RequestFields fields) {
        ConverseMessages all = new ConverseMessages(fields);
        conversation.forEach(all::add);
        all.close();
        if (all.messages.isEmpty() || !"user".equals(all.messages.getFirst().string("role"))) {
            all.messages.addFirst(message("user", List.of(text("…"))));
        }
        return new JsonArray(all.messages);
    }

    private void add(ChatMessage message) {
        String theirs = message.role().equals("assistant") ? "assistant" : "user";
        if (!theirs.equals(role)) {
            close();
            role = theirs;
        }
        if (message.toolCallId() != null) {
            blocks.add(result(message));
            return;
        }
        reasoning(message);
        message.parts().forEach(this::part);
        message.toolCalls().forEach(call -> blocks.add(use(call)));
    }

    private void close() {
        if (!blocks.isEmpty()) {
            messages.add(message(role, blocks));
            blocks = new ArrayList<>();
        }
    }

    private void part(ContentPart part) {
        String words = part.text();
        ContentPart.Image image = part.image();
        if (words != null) {
            if (!words.isBlank()) {
                blocks.add(text(words));
            }
        } else if (image != null) {
            blocks.add(picture(image));
        } else {
            fields.lose("messages." + part.kind());
        }
    }

    private static JsonObject picture(ContentPart.Image image) {
        ContentPart.Inline inline = image.inline();
        String format = inline == null ? null : FORMATS.get(inline.mediaType());
        if (inline == null || format == null) {
            throw new ConverseChat.Unfit("a picture must be PNG, JPEG, GIF or WebP");
        }
        JsonObject source = object("bytes", JsonValue.of(inline.base64()));
        return object(
                "image",
                JsonObject.builder().put("format", format).put("source", source).build());
    }

    private static JsonObject use(ToolCall call) {
        return object(
                "toolUse",
                JsonObject.builder()
                        .put("toolUseId", call.id())
                        .put("name", call.name())
                        .put("input", arguments(call.arguments()))
                        .build());
    }

    private static JsonObject arguments(String text) {
        try {
            return text.isBlank() ? JsonObject.EMPTY : Json.parse(text).asObject();
        } catch (JsonException e) {
            return object("arguments", JsonValue.of(text));
        }
    }

    private static JsonObject result(ChatMessage message) {
        String words = message.text();
        return object(
                "toolResult",
                JsonObject.builder()
                        .put("toolUseId", message.toolCallId())
                        .put("content", new JsonArray(List.of(text(words.isBlank() ? "(nothing)" : words))))
                        .build());
    }

    /** Thoughts go back with their signature only; without one the service refuses them. */
    private void reasoning(ChatMessage message) {
        for (JsonValue detail : message.extra().elements("reasoning_details")) {
            String signature = detail.string("signature");
            String words = firstOf(detail.string("text"), detail.string("thinking"));
            String redacted = detail.string("data");
            if (words != null && signature != null) {
                JsonObject thought = JsonObject.builder()
                        .put("text", words)
                        .put("signature", signature)
                        .build();
                blocks.add(object("reasoningContent", object("reasoningText", thought)));
            } else if (redacted != null) {
                blocks.add(object("reasoningContent", object("redactedContent", JsonValue.of(redacted))));
            }
        }
    }

    private static @Nullable String firstOf(@Nullable String one, @Nullable String other) {
        return one == null ? other : one;
    }

    private static JsonObject text(String words) {
        return object("text", JsonValue.of(words));
    }

    private static JsonObject message(String role, List<JsonValue> blocks) {
        return JsonObject.builder()
                .put("role", role)
                .put("content", new JsonArray(blocks))
                .build();
    }
}
