package io.patchbay.dialects.gemini;

import io.patchbay.spi.chat.ChatMessage;
import io.patchbay.spi.json.JsonObject;
import io.patchbay.spi.json.JsonValue;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Thought signatures: sealed pieces of a model's thinking that it wants back unchanged. Clients hold them as entries of
 * {@code reasoning_details}, each marked by its format so that those of other vendors are told apart.
 */
final class Signatures {
    /** What Google documents for a call whose signature is lost (Thought signatures, read 2026-11). */
    static final String PLACEHOLDER = "skip_thought_signature_validator";

    private static final String FORMAT = "google-gemini-v1";

    private final Map<String, String> byCall = new HashMap<>();
    private final List<JsonObject> thoughts = new ArrayList<>();
    private @Nullable String ofText;

    private Signatures() {}

    /** Returns the entry for the signature of a tool call, or of visible text when {@code call} is {@code null}. */
    static JsonObject sealed(String signature, @Nullable String call) {
        return JsonObject.builder()
                .put("type", "reasoning.encrypted")
                .put("format", FORMAT)
                .put("data", signature)
                .putIfPresent("id", call)
                .build();
    }

    /** Returns the entry for a thought that is signed itself. */
    static JsonObject thought(String text, String signature) {
        return JsonObject.builder()
                .put("type", "reasoning.text")
                .put("format", FORMAT)
                .put("text", text)
                .put("signature", signature)
                .build();
    }

    /** Reads what an assistant's message carries, also in the members Google's own OpenAI-like gateway uses. */
    static Signatures of(ChatMessage message) {
        Signatures all = new Signatures();
        for (JsonValue entry : message.extra().elements("reasoning_details")) {
            if (entry.string("format", "").startsWith("google-gemini")) {
                all.add(entry);
            }
        }
        for (JsonValue call : message.extra().elements("tool_calls")) {
            JsonValue signature = call.at("extra_content", "google", "thought_signature");
            if (signature != null && signature.string() != null) {
                all.byCall.putIfAbsent(call.string("id", ""), signature.string());
            }
        }
        return all;
    }

    private void add(JsonValue entry) {
        String signature = entry.string("signature");
        String data = entry.string("data");
        String call = entry.string("id");
        if (signature != null && entry.string("text") != null) {
            thoughts.add(JsonObject.builder()
                    .put("text", entry.string("text", ""))
                    .put("thought", true)
                    .put("thoughtSignature", signature)
                    .build());
        } else if (data != null && call != null) {
            byCall.put(call, data);
        } else if (data != null) {
            ofText = data;
        }
    }

    /** Returns the signed thoughts as parts. */
    List<JsonObject> thoughts() {
        return thoughts;
    }

    @Nullable
    String ofText() {
        return ofText;
    }

    @Nullable
    String ofCall(String id) {
        return byCall.get(id);
    }
}
