package io.patchbay.dialects.openai;

import io.patchbay.dialects.openai.ChatFacts.Choice;
import io.patchbay.dialects.openai.ToolSlots.Slot;
import io.patchbay.spi.chat.ChatEvent;
import io.patchbay.spi.json.JsonArray;
import io.patchbay.spi.json.JsonObject;
import io.patchbay.spi.json.JsonValue;
import java.security.SecureRandom;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Assembles tool calls. A call is told from its first arguments on, because some vendors stream the name in pieces, and
 * at the latest when the next call begins or the choice is complete.
 */
final class ToolCallReader {
    /** Arguments beyond this are no longer compared with a repetition. */
    private static final int COMPARED = 256 * 1024;

    private static final String LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";
    private static final SecureRandom RANDOM = new SecureRandom();

    private final ChatFacts facts;
    private final boolean whole;

    /**
     * Creates a reader.
     *
     * @param whole whether each call comes whole, so that each entry is one of its own
     */
    ToolCallReader(ChatFacts facts, boolean whole) {
        this.facts = facts;
        this.whole = whole;
    }

    /** Returns an id in OpenAI's form. */
    static String newId() {
        StringBuilder id = new StringBuilder("call_");
        for (int i = 0; i < 24; i++) {
            id.append(LETTERS.charAt(RANDOM.nextInt(LETTERS.length())));
        }
        return id.toString();
    }

    /** Reads the calls of a delta or message. */
    void read(Choice choice, JsonObject held, Consumer<ChatEvent> out) {
        for (JsonValue call : held.elements("tool_calls")) {
            if (call instanceof JsonObject object) {
                JsonValue called =
                        object.get("function") instanceof JsonObject function ? function : object.get("custom");
                int index = (int) Math.max(ChoiceScan.NO_INDEX, object.longValue("index", ChoiceScan.NO_INDEX));
                piece(choice, index, object.string("id", ""), called == null ? JsonObject.EMPTY : called, out);
            }
        }
        if (held.get("function_call") instanceof JsonObject called) {
            piece(choice, 0, "", called, out);
        }
    }

    private void piece(Choice choice, int index, String id, JsonValue called, Consumer<ChatEvent> out) {
        String name = called.string("name", "");
        JsonValue value = called.get("arguments") == null ? called.get("input") : called.get("arguments");
        boolean tree = value instanceof JsonObject || value instanceof JsonArray;
        String arguments = value == null ? "" : tree ? value.toJson() : value.string() == null ? "" : value.string();
        int before = choice.tools.size();
        String given = id.isEmpty() ? null : id;
        Slot slot = whole
                ? choice.tools.add(given, !name.isEmpty(), !arguments.isEmpty())
                : choice.tools.place(index, given, !name.isEmpty(), !arguments.isEmpty());
        facts.call(choice, before);
        if (choice.tools.size() > before && slot.number > 0) {
            tell(choice, choice.tools.slots().get(slot.number - 1), "", out);
        }
        facts.tally().add(name);
        if (!name.isEmpty() && !slot.told && !name.equals(slot.name)) {
            slot.name += name;
        }
        facts.tally().add(arguments);
        if (arguments.isEmpty() || repeats(slot, arguments, tree)) {
            return;
        }
        if (slot.arguments.length() < COMPARED) {
            slot.arguments.append(arguments);
        }
        tell(choice, slot, arguments, out);
    }

    /** Some vendors send all arguments again in the end; an object is sent whole or not at all. */
    private static boolean repeats(Slot slot, String arguments, boolean tree) {
        if (slot.arguments.isEmpty()) {
            return false;
        }
        if (tree) {
            return true;
        }
        return slot.arguments.length() == arguments.length()
                && slot.arguments.compareTo(new StringBuilder(arguments)) == 0
                && isComplete(arguments);
    }

    private static boolean isComplete(String arguments) {
        return arguments.startsWith("{") && JsonText.isWhole(arguments);
    }

    private static void tell(Choice choice, Slot slot, String arguments, Consumer<ChatEvent> out) {
        if (slot.told && arguments.isEmpty()) {
            return;
        }
        // An id of ours is not kept with the call: the vendor's own may still come and tell its pieces apart.
        String id = slot.told ? null : slot.id == null ? newId() : slot.id;
        String name = slot.told ? null : slot.name;
        out.accept(new ChatEvent.ToolCallPiece(choice.index, slot.number, id, name, arguments));
        slot.told = true;
    }

    /** The choice is complete: calls without arguments get empty ones. */
    void complete(Choice choice, Consumer<ChatEvent> out) {
        for (Slot slot : choice.tools.slots()) {
            @Nullable String arguments = slot.arguments.isEmpty() ? "{}" : null;
            if (arguments != null) {
                slot.arguments.append(arguments);
                tell(choice, slot, arguments, out);
            }
        }
    }
}
