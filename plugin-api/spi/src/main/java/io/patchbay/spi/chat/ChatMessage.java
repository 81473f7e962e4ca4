package io.patchbay.spi.chat;

import io.patchbay.spi.json.JsonObject;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.osgi.annotation.versioning.ProviderType;

/** A message of a conversation. Immutable. */
@ProviderType
public final class ChatMessage {
    private final String role;
    private final List<ContentPart> parts;
    private final List<ToolCall> toolCalls;
    private final @Nullable String toolCallId;
    private final @Nullable String name;
    private final JsonObject extra;

    private ChatMessage(
            String role,
            List<ContentPart> parts,
            List<ToolCall> toolCalls,
            @Nullable String toolCallId,
            @Nullable String name,
            JsonObject extra) {
        this.role = role;
        this.parts = List.copyOf(parts);
        this.toolCalls = List.copyOf(toolCalls);
        this.toolCallId = toolCallId;
        this.name = name;
        this.extra = extra;
    }

    /** Returns a message of that role with one text. */
    public static ChatMessage of(String role, String text) {
        return of(role, List.of(ContentPart.text(text)));
    }

    /** Returns a message of that role with these parts. */
    public static ChatMessage of(String role, List<ContentPart> parts) {
        return new ChatMessage(role, parts, List.of(), null, null, JsonObject.EMPTY);
    }

    /** Returns the answer of a tool. */
    public static ChatMessage toolResult(String toolCallId, String text) {
        return of("tool", text).withToolCallId(toolCallId);
    }

    /** Returns this message with these tool calls. */
    public ChatMessage withToolCalls(List<ToolCall> calls) {
        return new ChatMessage(role, parts, calls, toolCallId, name, extra);
    }

    /** Returns this message as the answer to that call. */
    public ChatMessage withToolCallId(@Nullable String id) {
        return new ChatMessage(role, parts, toolCalls, id, name, extra);
    }

    /** Returns this message with that speaker's name. */
    public ChatMessage withName(@Nullable String speaker) {
        return new ChatMessage(role, parts, toolCalls, toolCallId, speaker, extra);
    }

    /** Returns this message with further members. */
    public ChatMessage withExtra(JsonObject members) {
        return new ChatMessage(role, parts, toolCalls, toolCallId, name, members);
    }

    /** Returns {@code system}, {@code developer}, {@code user}, {@code assistant}, {@code tool} or another word. */
    public String role() {
        return role;
    }

    /** Returns the parts in order; empty for no content. */
    public List<ContentPart> parts() {
        return parts;
    }

    /** Returns the texts of all text parts, joined by line breaks. */
    public String text() {
        StringBuilder all = new StringBuilder();
        for (ContentPart part : parts) {
            if (part.text() != null) {
                if (!all.isEmpty()) {
                    all.append('\n');
                }
                all.append(part.text());
            }
        }
        return all.toString();
    }

    /** Returns the calls an assistant asked for. */
    public List<ToolCall> toolCalls() {
        return toolCalls;
    }

    /** Returns the call a tool message answers. */
    public @Nullable String toolCallId() {
        return toolCallId;
    }

    /** Returns the speaker's name. */
    public @Nullable String name() {
        return name;
    }

    /** Returns members that have no accessor here, as the client wrote them ({@code reasoning_content}, …). */
    public JsonObject extra() {
        return extra;
    }

    /**
     * A tool call of an assistant.
     *
     * @param arguments JSON text as the model wrote it, not necessarily valid
     */
    public record ToolCall(String id, String name, String arguments) {}
}
