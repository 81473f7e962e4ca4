package io.patchbay.spi.chat;

import io.patchbay.spi.Usage;
import io.patchbay.spi.json.JsonObject;
import org.jspecify.annotations.Nullable;

/** A piece of a chat answer. {@code choice} is 0 unless several answers were asked for. */
public sealed interface ChatEvent {
    /**
     * The upstream accepted the call. No content: an error right after it may still be retried elsewhere.
     *
     * @param id the upstream's id of the answer
     * @param model the upstream's name of the model that answers
     */
    record Started(@Nullable String id, @Nullable String model) implements ChatEvent {}

    /** Visible text. */
    record Text(int choice, String text) implements ChatEvent {
        public Text(String text) {
            this(0, text);
        }
    }

    /** Reasoning text, kept apart from the answer. */
    record Reasoning(int choice, String text) implements ChatEvent {
        public Reasoning(String text) {
            this(0, text);
        }
    }

    /** Words of a refusal. */
    record Refusal(int choice, String text) implements ChatEvent {}

    /**
     * A piece of a tool call.
     *
     * @param index which call of this choice, from 0
     * @param id the call's id, on its first piece
     * @param name the tool's name, on its first piece
     * @param arguments a fragment of the JSON arguments, maybe empty
     */
    record ToolCallPiece(
            int choice,
            int index,
            @Nullable String id,
            @Nullable String name,
            String arguments) implements ChatEvent {}

    /** Members of a delta or message that have no event of their own, passed on as they are (annotations, audio, …). */
    record Extra(int choice, JsonObject members) implements ChatEvent {}

    /**
     * A choice is complete. Usage may still follow.
     *
     * @param reason {@code stop}, {@code length}, {@code tool_calls}, {@code content_filter} or a vendor's own word
     */
    record Finish(int choice, String reason) implements ChatEvent {
        public Finish(String reason) {
            this(0, reason);
        }
    }

    /** What the call consumed; a later one replaces an earlier one. */
    record Used(Usage usage) implements ChatEvent {}
}
