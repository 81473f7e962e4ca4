package io.patchbay.dialects.responses;

import io.patchbay.dialects.ChatDecoder;
import io.patchbay.dialects.UpstreamCodec;
import io.patchbay.spi.Dialect;
import io.patchbay.spi.Profile;
import io.patchbay.spi.chat.ChatRequest;
import io.patchbay.spi.json.JsonObject;
import java.util.Set;

/** Asks an upstream by OpenAI's Responses API, without state at the upstream, and reads what it answers. */
public final class ResponsesCodec implements UpstreamCodec {
    @Override
    public Dialect dialect() {
        return Dialect.OPENAI_RESPONSES;
    }

    @Override
    public JsonObject writeRequest(ChatRequest request, String model, boolean stream) {
        return new ResponsesRequest(request, model, stream).write();
    }

    @Override
    public Set<String> unmapped(ChatRequest request, String model) {
        return ResponsesRequest.unmapped(request);
    }

    @Override
    public ChatDecoder decoder(Profile profile) {
        return new ResponsesDecoder(false);
    }

    @Override
    public ChatDecoder wholeDecoder(Profile profile) {
        return new ResponsesDecoder(true);
    }
}
