package io.patchbay.toolkit;

import io.patchbay.spi.chat.ChatMessage;
import io.patchbay.spi.chat.ChatMessage.ToolCall;
import io.patchbay.spi.json.JsonArray;
import io.patchbay.spi.json.JsonObject;
import io.patchbay.spi.json.JsonValue;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A conversation for vendors of the time before tools: user (or the answer of a function) and assistant by turns, a user
 * first and last, nothing empty, one {@code function_call} a message and its answer with the role {@code function}. System
 * messages are left out; see {@link Conversation#system()} and {@link Conversation#systemInUser()}.
 */
public final class FunctionTurns {
    /** Stands where the rules want a message and the conversation has none; blank content is refused. */
    private static final String NOTHING = ".";

    private final List<JsonObject> said = new ArrayList<>();
    private final Map<String, String> results = new HashMap<>();

    private FunctionTurns() {}

    /** Returns the messages in the vendor's form, with {@code role}, {@code content}, {@code name}, {@code function_call}. */
    public static JsonArray of(List<ChatMessage> messages) {
        FunctionTurns all = new FunctionTurns();
        messages.forEach(message -> {
            if (message.toolCallId() != null) {
                all.results.put(message.toolCallId(), message.text());
            }
        });
        Conversation.of(messages).withoutSystem().withoutEmpty().messages().forEach(all::add);
        if (all.said.isEmpty() || !all.isAsked()) {
            all.say("user", NOTHING);
        }
        return new JsonArray(List.copyOf(all.said));
    }

    private void add(ChatMessage message) {
        switch (message.role()) {
            case "tool" -> {
                // The answer of a known call stands behind that call already.
                if (message.toolCallId() == null || results.containsKey(message.toolCallId())) {
                    say("user", "[result of the tool] " + message.text());
                }
            }
            case "assistant" -> {
                if (message.toolCalls().isEmpty()) {
                    say("assistant", message.text());
                }
                String text = message.text();
                for (ToolCall call : message.toolCalls()) {
                    call(call, text);
                    text = "";
                }
            }
            default -> say("user", message.text());
        }
    }

    private void call(ToolCall call, String text) {
        if (!isAsked()) {
            say("user", NOTHING);
        }
        JsonObject function = JsonObject.builder()
                .put("name", call.name())
                .put("arguments", call.arguments())
                .build();
        said.add(JsonObject.builder()
                .put("role", "assistant")
                .put("content", text)
                .put("function_call", function)
                .build());
        String result = results.remove(call.id());
        said.add(JsonObject.builder()
                .put("role", "function")
                .put("name", call.name())
                .put("content", result == null || result.isBlank() ? NOTHING : result)
                .build());
    }

    /** Adds a text, joined to the one before when the same side says it. */
    private void say(String role, String text) {
        boolean user = role.equals("user");
        JsonObject last = said.isEmpty() ? null : said.getLast();
        if (last != null && last.string("role", "").equals(role)) {
            JsonValue joined = JsonValue.of(last.string("content", "") + "\n" + text);
            said.set(said.size() - 1, last.toBuilder().put("content", joined).build());
            return;
        }
        if (user == isAsked()) {
            said.add(plain(user ? "assistant" : "user", NOTHING));
        }
        said.add(plain(role, text));
    }

    /** Returns whether it is the assistant's turn. */
    private boolean isAsked() {
        return !said.isEmpty() && !said.getLast().string("role", "").equals("assistant");
    }

    private static JsonObject plain(String role, String text) {
        return JsonObject.builder()
                .put("role", role)
                .put("content", text.isBlank() ? NOTHING : text)
                .build();
    }
}
