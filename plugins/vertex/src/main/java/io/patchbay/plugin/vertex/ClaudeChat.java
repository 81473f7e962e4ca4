package io.patchbay.plugin.vertex;

import io.patchbay.dialects.anthropic.AnthropicRequest;
import io.patchbay.dialects.anthropic.ClaudeModel;
import io.patchbay.dialects.anthropic.ThinkingRepair;
import io.patchbay.spi.Capability;
import io.patchbay.spi.Dialect;
import io.patchbay.spi.Flow;
import io.patchbay.spi.Offer;
import io.patchbay.spi.Offer.ImageInput;
import io.patchbay.spi.Profile;
import io.patchbay.spi.chat.ChatCall;
import io.patchbay.spi.chat.ChatEvent;
import io.patchbay.spi.chat.ChatRequest;
import io.patchbay.spi.json.JsonObject;
import io.patchbay.toolkit.WrittenChat;

/** Claude on Vertex AI: Anthropic's request with the model in the address and a version in the body. */
final class ClaudeChat {
    private static final String VERSION = "vertex-2023-10-16";
    private static final Profile PROFILE =
            Profile.builder().endMarker(true).asksForUsage(false).build();

    private ClaudeChat() {}

    static Offer offer(String model) {
        ClaudeModel claude = ClaudeModel.of(model);
        Offer.Builder offer = Offer.builder().capability(Capability.CHAT);
        if (claude.callsTools()) {
            offer.capability(Capability.TOOLS, Capability.PARALLEL_TOOLS);
        }
        if (claude.takesPictures()) {
            offer.capability(Capability.VISION).imageInput(ImageInput.INLINE);
        }
        if (claude.thinks()) {
            offer.capability(Capability.REASONING);
        }
        if (claude.bindsToSchema()) {
            offer.capability(Capability.JSON_OUTPUT);
        }
        return offer.build();
    }

    static Flow<ChatEvent> of(ChatCall call, VertexUpstream upstream) {
        String model = call.model();
        boolean stream = call.stream();
        WrittenChat chat = WrittenChat.of(
                        call,
                        Dialect.ANTHROPIC_MESSAGES,
                        streamed -> upstream.post("anthropic", model, streamed ? "streamRawPredict" : "rawPredict"))
                .with(PROFILE)
                .edited(ClaudeChat::body)
                .faults(VertexFaults::of);
        return turn -> {
            ChatRequest request = call.request();
            // Only a request that brings thinking back is kept for a second try without it.
            if (ThinkingRepair.mayHelp(request)) {
                chat.rewriting((fault, refused) -> {
                    ThinkingRepair repair = ThinkingRepair.of(request, fault.message());
                    return repair == null
                            ? null
                            : body(AnthropicRequest.of(repair.request(), model, stream)
                                    .body());
                });
            }
            return chat.begin(turn);
        };
    }

    private static JsonObject body(JsonObject written) {
        return JsonObject.builder()
                .put("anthropic_version", VERSION)
                .putAll(written)
                .remove("model")
                .build();
    }
}
