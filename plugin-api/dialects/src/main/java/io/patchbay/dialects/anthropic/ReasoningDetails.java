package io.patchbay.dialects.anthropic;

import io.patchbay.spi.chat.ChatMessage;
import io.patchbay.spi.json.JsonArray;
import io.patchbay.spi.json.JsonObject;
import io.patchbay.spi.json.JsonValue;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Thinking on its way through a client that speaks another dialect: blocks of answers become entries of
 * {@code reasoning_details}, in the form OpenRouter's clients send back, and become the same blocks again in the next
 * request. Text and signature must not change by a byte.
 */
final class ReasoningDetails {
    /** The members of a message that carry thinking. */
    static final Set<String> MEMBERS = Set.of("reasoning_details", "thinking_blocks");

    private static final String FORMAT = "anthropic-claude-v1";
    /** How gateways mark signatures that another vendor made, such as {@code gm1#}. */
    private static final Pattern FOREIGN = Pattern.compile("[a-z]{2}\\d#.*", Pattern.DOTALL);

    private ReasoningDetails() {}

    /** Returns the members to tell a client of a block of thinking. */
    static JsonObject thinking(String text, String signature, @Nullable String model, int index) {
        return members(entry("reasoning.text").put("text", text).put("signature", signature), model, index);
    }

    /** Returns the members to tell a client of a block of thinking it must not see. */
    static JsonObject redacted(String data, @Nullable String model, int index) {
        return members(entry("reasoning.encrypted").put("data", data), model, index);
    }

    private static JsonObject.Builder entry(String type) {
        return JsonObject.builder().put("type", type);
    }

    private static JsonObject members(JsonObject.Builder entry, @Nullable String model, int index) {
        JsonObject whole = entry.put("format", FORMAT)
                .putIfPresent("model", model)
                .put("index", index)
                .build();
        return JsonObject.builder()
                .put("reasoning_details", new JsonArray(List.of(whole)))
                .build();
    }

    /**
     * Returns the blocks of thinking a message brings back. Left out is what this model would refuse: thinking without
     * a signature, of other vendors, or of another model.
     */
    static List<JsonObject> blocks(ChatMessage message, ClaudeModel model) {
        List<JsonValue> entries = message.extra().elements("reasoning_details");
        List<JsonObject> blocks = new ArrayList<>();
        for (JsonValue entry : entries.isEmpty() ? message.extra().elements("thinking_blocks") : entries) {
            JsonObject block = isOurs(entry, model) ? block(entry) : null;
            if (block != null) {
                blocks.add(block);
            }
        }
        return blocks;
    }

    private static boolean isOurs(JsonValue entry, ClaudeModel model) {
        String maker = entry.string("format", entry.string("origin", ""));
        boolean unnamed = maker.isEmpty() && !entry.string("type", "").startsWith("reasoning.");
        String made = entry.string("model");
        return (unnamed || maker.startsWith("anthropic"))
                && (made == null || ClaudeModel.of(made).equals(model));
    }

    private static @Nullable JsonObject block(JsonValue entry) {
        String signature = entry.string("signature", "");
        String data = entry.string("data", "");
        return switch (entry.string("type", "")) {
            case "thinking", "reasoning.text" ->
                signature.isEmpty() || FOREIGN.matcher(signature).matches()
                        ? null
                        : JsonObject.builder()
                                .put("type", "thinking")
                                .put("thinking", entry.string("thinking", entry.string("text", "")))
                                .put("signature", signature)
                                .build();
            case "redacted_thinking", "reasoning.encrypted" ->
                data.isEmpty()
                        ? null
                        : JsonObject.builder()
                                .put("type", "redacted_thinking")
                                .put("data", data)
                                .build();
            default -> null;
        };
    }

    /** Returns whether the block is thinking of either kind. */
    static boolean isThinking(JsonValue block) {
        String type = block.string("type", "");
        return type.equals("thinking") || type.equals("redacted_thinking");
    }
}
