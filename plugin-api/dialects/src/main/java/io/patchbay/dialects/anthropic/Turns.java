package io.patchbay.dialects.anthropic;

import io.patchbay.spi.chat.ChatMessage;
import io.patchbay.spi.chat.ChatMessage.ToolCall;
import io.patchbay.spi.chat.ContentPart;
import io.patchbay.spi.json.JsonArray;
import io.patchbay.spi.json.JsonObject;
import io.patchbay.spi.json.JsonString;
import io.patchbay.spi.json.JsonValue;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The messages of a request as turns of user and assistant. Neighbours are joined, and each call of a tool gets exactly
 * one result at the head of the turn behind it, as the vendor demands, whatever order the client sent them in.
 */
final class Turns {
    private static final JsonObject NO_RESULT = JsonObject.builder()
            .put("content", "(no result)")
            .put("is_error", true)
            .build();

    private final ClaudeModel model;
    private final Set<String> lost;
    private final List<JsonObject> system = new ArrayList<>();
    private final List<Turn> turns = new ArrayList<>();
    private final Map<String, Turn> callers = new HashMap<>();
    private final ToolIds ids = new ToolIds();
    private final Set<String> called = new LinkedHashSet<>();

    private static final class Turn {
        final boolean user;
        final List<JsonObject> said = new ArrayList<>();
        /** An assistant's calls by the client's id, and what came of them by the same. */
        final Map<String, JsonObject> calls = new LinkedHashMap<>();

        final Map<String, JsonObject> results = new HashMap<>();

        Turn(boolean user) {
            this.user = user;
        }
    }

    private Turns(ClaudeModel model, Set<String> lost) {
        this.model = model;
        this.lost = lost;
    }

    /** Reads the messages, and notes what cannot be mapped. */
    static Turns of(List<ChatMessage> messages, ClaudeModel model, Set<String> lost) {
        Turns turns = new Turns(model, lost);
        messages.forEach(turns::add);
        return turns;
    }

    /** Returns the system texts in front of the conversation, as blocks. */
    List<JsonObject> system() {
        return List.copyOf(system);
    }

    /** Returns the names of the tools that were called so far. */
    Set<String> called() {
        return called;
    }

    /** Returns whether the calls that are being answered came without the thinking in front of them. */
    boolean answersUnsignedCalls() {
        for (int i = turns.size() - 1; i >= 0 && i >= turns.size() - 2; i--) {
            Turn turn = turns.get(i);
            if (!turn.calls.isEmpty()) {
                return turn.said.isEmpty() || !ReasoningDetails.isThinking(turn.said.getFirst());
            }
        }
        return false;
    }

    private void add(ChatMessage message) {
        if (message.name() != null
                && !message.role().equals("tool")
                && !message.role().equals("function")) {
            lost.add("messages.name");
        }
        switch (message.role()) {
            case "system", "developer" -> system(message);
            case "assistant" -> assistant(message);
            case "tool", "function" -> result(message);
            default -> say(blocks(message));
        }
    }

    /** Later words of the system keep their place in the conversation, so that what was cached before stays cached. */
    private void system(ChatMessage message) {
        boolean leading = turns.isEmpty();
        List<JsonObject> reminders = new ArrayList<>();
        for (JsonObject block : blocks(message)) {
            String text = block.string("text");
            if (text == null) {
                lost.add("messages.system");
            } else if (leading) {
                system.add(block);
            } else {
                String marked = "<system-reminder>\n" + text + "\n</system-reminder>";
                reminders.add(block.toBuilder().put("text", marked).build());
            }
        }
        say(reminders);
    }

    private void say(List<JsonObject> blocks) {
        if (!blocks.isEmpty()) {
            turn(true).said.addAll(blocks);
        }
    }

    private Turn turn(boolean user) {
        if (turns.isEmpty() || turns.getLast().user != user) {
            turns.add(new Turn(user));
        }
        return turns.getLast();
    }

    private List<JsonObject> blocks(ChatMessage message) {
        List<JsonObject> blocks = new ArrayList<>();
        for (ContentPart part : message.parts()) {
            JsonObject block = Blocks.of(part, lost);
            if (block != null) {
                blocks.add(block);
            }
        }
        JsonValue cached = message.extra().get("cache_control");
        if (cached != null && !blocks.isEmpty()) {
            blocks.add(
                    blocks.removeLast().toBuilder().put("cache_control", cached).build());
        }
        return blocks;
    }

    private void assistant(ChatMessage message) {
        List<JsonObject> said = new ArrayList<>();
        if (model.thinks() || !model.isClaude()) {
            said.addAll(ReasoningDetails.blocks(message, model));
        }
        List<JsonObject> words = blocks(message);
        String refusal = message.extra().string("refusal", "");
        if (words.isEmpty() && !refusal.isBlank()) {
            words.add(Blocks.text(refusal));
        }
        // Thinking alone is no turn: it belongs to an answer the client did not keep.
        if (words.isEmpty() && message.toolCalls().isEmpty()) {
            return;
        }
        said.addAll(words);
        Turn turn = turn(false);
        turn.said.addAll(said);
        for (ToolCall call : message.toolCalls()) {
            String id = call.id().isEmpty() ? "call_" + turns.size() + "_" + turn.calls.size() : call.id();
            turn.calls.put(turn.calls.containsKey(id) ? id + " again" : id, Blocks.toolUse(call, ids.next(id)));
            callers.put(id, turn);
            called.add(call.name());
        }
    }

    private void result(ChatMessage message) {
        List<JsonObject> blocks = blocks(message);
        String id = message.toolCallId() == null ? "" : message.toolCallId();
        Turn caller = callers.get(id);
        if (caller == null && id.isEmpty()) {
            caller = turns.reversed().stream()
                    .filter(turn -> !turn.calls.isEmpty())
                    .findFirst()
                    .orElse(null);
            id = caller == null ? id : firstUnanswered(caller);
        }
        if (caller == null || !caller.calls.containsKey(id)) {
            String text = message.text().isBlank() ? "(no output)" : message.text();
            say(List.of(Blocks.text("Tool result (" + id + "): " + text)));
            return;
        }
        caller.results.put(id, result(message, blocks));
        if (turns.getLast().equals(caller)) {
            turn(true);
        }
    }

    private static String firstUnanswered(Turn caller) {
        return caller.calls.keySet().stream()
                .filter(id -> !caller.results.containsKey(id))
                .findFirst()
                .orElse("");
    }

    private static JsonObject result(ChatMessage message, List<JsonObject> blocks) {
        JsonObject.Builder result = JsonObject.builder();
        boolean plain = blocks.size() <= 1
                && blocks.stream().allMatch(block -> block.string("text") != null && block.get("citations") == null);
        if (plain) {
            result.put("content", message.text());
        } else {
            result.put("content", new JsonArray(List.copyOf(blocks)));
        }
        if (message.extra().flag("is_error", false)) {
            result.put("is_error", true);
        }
        if (plain && !blocks.isEmpty()) {
            result.putIfPresent("cache_control", blocks.getFirst().get("cache_control"));
        }
        return result.build();
    }

    /**
     * Returns the messages: the user begins, and ends too unless the assistant may go on where it stopped.
     *
     * @param mayContinue whether the last turn may be the assistant's
     */
    JsonArray messages(boolean mayContinue) {
        List<JsonValue> messages = new ArrayList<>();
        if (turns.isEmpty()) {
            String last = system.isEmpty() ? "" : system.getLast().string("text", "");
            messages.add(message("user", List.of(Blocks.text(last.isBlank() ? "." : last))));
            return new JsonArray(messages);
        }
        if (!turns.getFirst().user) {
            messages.add(message("user", List.of(Blocks.text("."))));
        }
        List<JsonObject> results = List.of();
        for (Turn turn : turns) {
            List<JsonObject> content = new ArrayList<>(results);
            content.addAll(turn.said);
            content.addAll(turn.calls.values());
            messages.add(message(turn.user ? "user" : "assistant", content));
            results = results(turn);
        }
        Turn last = turns.getLast();
        if (!results.isEmpty()) {
            messages.add(message("user", results));
        } else if (!last.user) {
            messages.set(messages.size() - 1, message("assistant", trimmed(last.said)));
            if (!mayContinue) {
                messages.add(message("user", List.of(Blocks.text("Continue."))));
            }
        }
        return new JsonArray(messages);
    }

    /** Blanks at the end of what the assistant is to continue are refused. */
    private static List<JsonObject> trimmed(List<JsonObject> said) {
        List<JsonObject> trimmed = new ArrayList<>(said);
        String text = trimmed.getLast().string("text");
        if (text != null) {
            trimmed.add(trimmed.removeLast().toBuilder()
                    .put("text", text.stripTrailing())
                    .build());
        }
        return trimmed;
    }

    private static List<JsonObject> results(Turn turn) {
        List<JsonObject> results = new ArrayList<>();
        turn.calls.forEach((id, call) -> results.add(JsonObject.builder()
                .put("type", "tool_result")
                .putIfPresent("tool_use_id", call.get("id"))
                .putAll(turn.results.getOrDefault(id, NO_RESULT))
                .build()));
        return results;
    }

    private static JsonObject message(String role, List<JsonObject> content) {
        String text = content.size() == 1 ? plainText(content.getFirst()) : null;
        return JsonObject.builder()
                .put("role", role)
                .put("content", text == null ? new JsonArray(List.copyOf(content)) : new JsonString(text))
                .build();
    }

    /** Returns the text of a block that is nothing but text. */
    static @Nullable String plainText(JsonObject block) {
        return block.members().size() == 2 ? block.string("text") : null;
    }
}
