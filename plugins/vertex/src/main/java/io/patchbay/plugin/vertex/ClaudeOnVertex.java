package io.patchbay.plugin.vertex;

import io.patchbay.spi.Flow;
import io.patchbay.spi.chat.ChatCall;
import io.patchbay.spi.chat.ChatEvent;
import io.patchbay.spi.json.JsonObject;
import io.patchbay.toolkit.anthropic.ClaudeChat;

/** Claude on Vertex AI: Anthropic's request with the model in the address and a version in the body. */
final class ClaudeOnVertex {
    private static final String VERSION = "vertex-2023-10-16";

    private ClaudeOnVertex() {}

    static Flow<ChatEvent> chat(ChatCall call, VertexUpstream upstream) {
        String model = call.model();
        return ClaudeChat.of(
                        call, stream -> upstream.post("anthropic", model, stream ? "streamRawPredict" : "rawPredict"))
                .edited(ClaudeOnVertex::body)
                .faults((answer, now) -> VertexFaults.of(answer));
    }

    private static JsonObject body(JsonObject written) {
        return JsonObject.builder()
                .put("anthropic_version", VERSION)
                .putAll(written)
                .remove("model")
                .build();
    }
}
