package io.patchbay.dialects.openai;

import io.patchbay.spi.chat.ChatMessage;
import io.patchbay.spi.chat.ChatMessage.ToolCall;
import io.patchbay.spi.chat.ChatRequest;
import io.patchbay.spi.chat.ContentPart;
import io.patchbay.spi.chat.Wire;
import io.patchbay.spi.json.JsonArray;
import io.patchbay.spi.json.JsonNull;
import io.patchbay.spi.json.JsonObject;
import io.patchbay.spi.json.JsonString;
import io.patchbay.spi.json.JsonValue;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads a chat request; the deprecated functions become tools, common mistakes of clients are put right. */
final class RequestReader {
    private static final Set<String> NO_SETTINGS =
            Set.of("model", "stream", "messages", "tools", "functions", "function_call");
    private static final Set<String> MESSAGE_MEMBERS =
            Set.of("role", "content", "tool_calls", "tool_call_id", "name", "function_call");

    private final Wire wire;
    private final ChatRequest.Builder request = ChatRequest.builder();
    /** Calls of functions have no ids: the answer follows its call. */
    private @Nullable String lastFunctionCall;

    private int functionCalls;

    private RequestReader(Wire wire) {
        this.wire = wire;
    }

    static ChatRequest read(Wire wire) {
        return new RequestReader(wire).read();
    }

    private ChatRequest read() {
        for (String name : wire.names()) {
            if (!NO_SETTINGS.contains(name)) {
                request.set(name, member(name));
            }
        }
        tools();
        messages(member("messages"));
        return request.build();
    }

    private JsonValue member(String name) {
        JsonValue value = wire.get(name);
        return value == null ? JsonNull.NULL : value;
    }

    private void tools() {
        for (JsonValue tool : member("tools").elements()) {
            if (tool instanceof JsonObject raw) {
                request.tool(tool(raw));
            }
        }
        for (JsonValue function : member("functions").elements()) {
            if (function instanceof JsonObject) {
                request.tool(tool(JsonObject.builder()
                        .put("type", "function")
                        .put("function", function)
                        .build()));
            }
        }
        JsonValue choice = member("function_call");
        if (wire.get("tool_choice") != null || choice.isNull()) {
            return;
        }
        String name = choice.string("name");
        request.set(
                "tool_choice",
                name == null
                        ? choice
                        : JsonObject.builder()
                                .put("type", "function")
                                .put(
                                        "function",
                                        JsonObject.builder().put("name", name).build())
                                .build());
    }

    private static ChatRequest.Tool tool(JsonObject raw) {
        JsonValue declared = raw.get("function") == null ? raw.get("custom") : raw.get("function");
        JsonObject inner = declared == null ? JsonObject.EMPTY : declared.asObject();
        JsonValue parameters = inner.get("parameters");
        return new ChatRequest.Tool(
                inner.string("name", ""),
                inner.string("description"),
                parameters == null ? JsonObject.EMPTY : parameters.asObject(),
                raw);
    }

    private void messages(JsonValue messages) {
        if (messages.string() != null) {
            request.message(ChatMessage.of("user", messages.string()));
        }
        for (JsonValue message : messages.elements()) {
            if (message instanceof JsonObject object) {
                request.message(message(object));
            } else if (message.string() != null) {
                request.message(ChatMessage.of("user", message.string()));
            }
        }
    }

    private ChatMessage message(JsonObject object) {
        String role = object.string("role", "user");
        JsonObject.Builder extra = JsonObject.builder();
        object.members().forEach((name, value) -> {
            if (!MESSAGE_MEMBERS.contains(name)) {
                extra.put(name, value);
            }
        });
        List<ToolCall> calls = calls(object, extra);
        String callId = object.string("tool_call_id");
        if (role.equals("function")) {
            role = "tool";
            callId = callId == null ? lastFunctionCall : callId;
        }
        return ChatMessage.of(role, parts(object.get("content")))
                .withToolCalls(calls)
                .withToolCallId(callId)
                .withName(object.string("name"))
                .withExtra(extra.build());
    }

    private static List<ContentPart> parts(@Nullable JsonValue content) {
        List<ContentPart> parts = new ArrayList<>();
        switch (content) {
            case JsonString text -> parts.add(ContentPart.text(text.value()));
            case JsonArray array -> {
                for (JsonValue part : array.elements()) {
                    if (part instanceof JsonObject raw) {
                        parts.add(ContentPart.of(raw));
                    } else if (part.string() != null) {
                        parts.add(ContentPart.text(part.string()));
                    }
                }
            }
            case JsonObject raw -> parts.add(ContentPart.of(raw));
            case null, default -> {}
        }
        return parts;
    }

    /** Reads the calls; those that are no functions are kept as they came as well. */
    private List<ToolCall> calls(JsonObject message, JsonObject.Builder extra) {
        List<ToolCall> calls = new ArrayList<>();
        boolean foreign = false;
        for (JsonValue call : message.elements("tool_calls")) {
            JsonValue function = call.get("function");
            JsonValue called = function == null ? call.get("custom") : function;
            foreign |= function == null;
            if (called != null) {
                calls.add(new ToolCall(call.string("id", ""), called.string("name", ""), arguments(called)));
            }
        }
        JsonValue called = message.get("function_call");
        if (calls.isEmpty() && called instanceof JsonObject) {
            String id = "call_function_" + ++functionCalls;
            lastFunctionCall = id;
            calls.add(new ToolCall(id, called.string("name", ""), arguments(called)));
        } else if (!calls.isEmpty()) {
            lastFunctionCall = calls.getLast().id();
        }
        if (foreign) {
            extra.putIfPresent("tool_calls", message.get("tool_calls"));
        }
        return calls;
    }

    private static String arguments(JsonValue called) {
        JsonValue value = called.get("arguments") == null ? called.get("input") : called.get("arguments");
        if (value == null || value.isNull()) {
            return "";
        }
        return value.string() == null ? value.toJson() : value.string();
    }
}
