package io.patchbay.dialects.openai;

import io.patchbay.spi.chat.ChatMessage;
import io.patchbay.spi.chat.ChatMessage.ToolCall;
import io.patchbay.spi.chat.ChatRequest;
import io.patchbay.spi.chat.ContentPart;
import io.patchbay.spi.json.JsonArray;
import io.patchbay.spi.json.JsonNull;
import io.patchbay.spi.json.JsonObject;
import io.patchbay.spi.json.JsonString;
import io.patchbay.spi.json.JsonValue;
import java.util.ArrayList;
import java.util.List;

/** Writes a chat request. */
final class RequestWriter {
    private RequestWriter() {}

    static JsonObject write(ChatRequest request, String model, boolean stream) {
        List<JsonValue> messages = new ArrayList<>(request.messages().size());
        request.messages().forEach(message -> messages.add(message(message)));
        JsonObject.Builder body = JsonObject.builder().put("model", model).put("messages", new JsonArray(messages));
        body.putAll(request.settings());
        if (!request.tools().isEmpty()) {
            List<JsonValue> tools = new ArrayList<>();
            request.tools().forEach(tool -> tools.add(tool.raw()));
            body.put("tools", new JsonArray(tools));
        } else {
            // Both are refused where no tools are given.
            body.remove("tool_choice").remove("parallel_tool_calls");
        }
        if (stream) {
            body.put("stream", true);
        } else {
            body.remove("stream_options");
        }
        return body.build();
    }

    private static JsonObject message(ChatMessage message) {
        JsonObject.Builder json = JsonObject.builder().put("role", message.role());
        json.put("content", content(message));
        if (message.name() != null) {
            json.put("name", message.name());
        }
        if (message.toolCallId() != null) {
            json.put("tool_call_id", message.toolCallId());
        }
        if (!message.toolCalls().isEmpty()) {
            List<JsonValue> calls = new ArrayList<>();
            message.toolCalls().forEach(call -> calls.add(call(call)));
            json.put("tool_calls", new JsonArray(calls));
        }
        return json.putAll(message.extra()).build();
    }

    /** A single plain text is written as a string, the form every vendor knows. */
    private static JsonValue content(ChatMessage message) {
        List<ContentPart> parts = message.parts();
        if (parts.isEmpty()) {
            return message.toolCalls().isEmpty() ? new JsonString("") : JsonNull.NULL;
        }
        String text = parts.getFirst().text();
        if (parts.size() == 1
                && text != null
                && parts.getFirst().raw().members().size() <= 2) {
            return new JsonString(text);
        }
        List<JsonValue> all = new ArrayList<>(parts.size());
        parts.forEach(part -> all.add(part(part)));
        return new JsonArray(all);
    }

    private static JsonObject part(ContentPart part) {
        JsonObject raw = part.raw();
        JsonValue url = raw.get("image_url");
        if (url instanceof JsonString) {
            return raw.toBuilder()
                    .put("image_url", JsonObject.builder().put("url", url).build())
                    .build();
        }
        return raw;
    }

    private static JsonObject call(ToolCall call) {
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
}
