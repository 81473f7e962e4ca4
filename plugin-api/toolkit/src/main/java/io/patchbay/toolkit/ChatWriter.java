package io.patchbay.toolkit;

import io.patchbay.spi.Next;
import io.patchbay.spi.Turn;
import io.patchbay.spi.Usage;
import io.patchbay.spi.chat.ChatEvent;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Writes one chat answer as events: the start once, no empty texts, tool calls numbered and with ids, each choice
 * finished once, the usage last. One object serves one run.
 */
public final class ChatWriter {
    private final Turn<ChatEvent> turn;
    private final Map<String, Integer> calls = new HashMap<>();
    private boolean started;
    private @Nullable String finished;
    private @Nullable Usage usage;

    /** Creates a writer of an answer that has not begun. */
    public ChatWriter(Turn<ChatEvent> turn) {
        this.turn = turn;
    }

    /** Says that the upstream accepted the call; only the first time counts. */
    public ChatWriter started(@Nullable String id, @Nullable String model) {
        if (!started) {
            started = true;
            turn.emit(new ChatEvent.Started(id, model));
        }
        return this;
    }

    /** Adds visible text; empty or missing text is nothing. */
    public ChatWriter text(@Nullable String text) {
        if (text != null && !text.isEmpty()) {
            turn.emit(new ChatEvent.Text(text));
        }
        return this;
    }

    /** Adds reasoning; empty or missing text is nothing. */
    public ChatWriter reasoning(@Nullable String text) {
        if (text != null && !text.isEmpty()) {
            turn.emit(new ChatEvent.Reasoning(text));
        }
        return this;
    }

    /**
     * Adds a piece of a tool call.
     *
     * @param call what the vendor tells its calls apart by: pieces with the same key belong together
     * @param id the vendor's id; one is made when the first piece has none
     * @param name the tool's name, wanted on the first piece
     * @param arguments a fragment of the JSON arguments, maybe empty
     */
    public ChatWriter toolCall(String call, @Nullable String id, @Nullable String name, String arguments) {
        Integer known = calls.get(call);
        if (known != null) {
            if (!arguments.isEmpty()) {
                turn.emit(new ChatEvent.ToolCallPiece(0, known, null, null, arguments));
            }
            return this;
        }
        int index = calls.size();
        calls.put(call, index);
        String given = id == null || id.isEmpty() ? "call_" + HexFormat.of().formatHex(turn.random(12)) : id;
        turn.emit(new ChatEvent.ToolCallPiece(0, index, given, name == null ? "" : name, arguments));
        return this;
    }

    /** Returns whether the model called a tool. */
    public boolean calledTools() {
        return !calls.isEmpty();
    }

    /** Says why the answer ends; only the first time counts. */
    public ChatWriter finish(String reason) {
        if (finished == null) {
            finished = reason;
            turn.emit(new ChatEvent.Finish(reason));
        }
        return this;
    }

    /** Says why the answer ends where the vendor only knows that it ended: by a tool call, or by itself. */
    public ChatWriter finish() {
        return finish(calledTools() ? "tool_calls" : "stop");
    }

    /**
     * Says why the answer ends by a word of the vendor's: nothing while it is empty, what it stands for where the table
     * knows it, and else that the answer ended by a tool call or by itself.
     *
     * @param words the vendor's words and what they stand for, such as {@code length} or {@code content_filter}
     */
    public ChatWriter finish(String word, Map<String, String> words) {
        String reason = words.get(word);
        return word.isEmpty() ? this : reason == null ? finish() : finish(reason);
    }

    /** Returns whether it was said why the answer ends. */
    public boolean isFinished() {
        return finished != null;
    }

    /** Keeps the usage; a later one replaces an earlier one, and the last is told by {@link #done()}. */
    public ChatWriter used(@Nullable Usage value) {
        if (value != null) {
            usage = value;
        }
        return this;
    }

    /** Ends the answer well: tells the usage, and finishes if nothing has. */
    public Next done() {
        finish();
        if (usage != null) {
            turn.emit(new ChatEvent.Used(usage));
            usage = null;
        }
        return Next.done();
    }
}
