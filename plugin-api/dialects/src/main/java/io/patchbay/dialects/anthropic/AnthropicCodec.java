package io.patchbay.dialects.anthropic;

import io.patchbay.dialects.ChatDecoder;
import io.patchbay.dialects.UpstreamCodec;
import io.patchbay.spi.Dialect;
import io.patchbay.spi.Profile;
import io.patchbay.spi.chat.ChatRequest;
import io.patchbay.spi.json.JsonObject;
import java.util.Set;

/** Writes requests of Anthropic's Messages API and reads its answers. */
public final class AnthropicCodec implements UpstreamCodec {
    @Override
    public Dialect dialect() {
        return Dialect.ANTHROPIC_MESSAGES;
    }

    @Override
    public JsonObject writeRequest(ChatRequest request, String model, boolean stream) {
        return AnthropicRequest.of(request, model, stream).body();
    }

    @Override
    public Set<String> unmapped(ChatRequest request, String model) {
        return AnthropicRequest.of(request, model, false).unmapped();
    }

    @Override
    public ChatDecoder decoder(Profile profile) {
        return new AnthropicDecoder(profile, false);
    }

    @Override
    public ChatDecoder wholeDecoder(Profile profile) {
        return new AnthropicDecoder(profile, true);
    }
}
