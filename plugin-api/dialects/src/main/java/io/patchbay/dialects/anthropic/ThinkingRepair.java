package io.patchbay.dialects.anthropic;

import io.patchbay.spi.chat.ChatMessage;
import io.patchbay.spi.chat.ChatRequest;
import io.patchbay.spi.json.JsonObject;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * What to ask instead when a vendor refuses thinking that came back from a client: it was made by another account or
 * model, or something in front of it was changed. Asking once more without it is worth it: no answer was made yet.
 *
 * @param request the request without the thinking that came back
 * @param lost the fields of the client that can no longer be followed
 */
public record ThinkingRepair(ChatRequest request, Set<String> lost) {
    public ThinkingRepair {
        lost = Set.copyOf(lost);
    }

    /** Returns whether the request brings thinking back, so that it could be refused for it. */
    public static boolean mayHelp(ChatRequest request) {
        return request.messages().stream().anyMatch(ThinkingRepair::thinks);
    }

    private static boolean thinks(ChatMessage message) {
        return ReasoningDetails.MEMBERS.stream()
                .anyMatch(member -> message.extra().has(member));
    }

    /**
     * Returns what to ask instead, or {@code null} when the refusal has another reason.
     *
     * @param message the vendor's words
     */
    public static @Nullable ThinkingRepair of(ChatRequest request, String message) {
        String words = message.toLowerCase(Locale.ROOT);
        boolean refused = words.contains("signature") && words.contains("thinking");
        boolean missed = words.contains("expected `thinking`");
        if (!refused && !missed || !mayHelp(request)) {
            return null;
        }
        ChatRequest.Builder repaired = ChatRequest.builder();
        request.messages().forEach(one -> repaired.message(withoutThinking(one)));
        request.tools().forEach(repaired::tool);
        request.settings().members().forEach(repaired::set);
        Set<String> lost = new TreeSet<>();
        if (missed) {
            for (String field : new String[] {"thinking", "reasoning_effort"}) {
                if (request.settings().has(field)) {
                    lost.add(field);
                }
            }
            repaired.set(
                    "thinking", JsonObject.builder().put("type", "disabled").build());
        }
        return new ThinkingRepair(repaired.build(), lost);
    }

    private static ChatMessage withoutThinking(ChatMessage message) {
        if (!thinks(message)) {
            return message;
        }
        JsonObject.Builder extra = message.extra().toBuilder();
        ReasoningDetails.MEMBERS.forEach(extra::remove);
        return message.withExtra(extra.build());
    }
}
