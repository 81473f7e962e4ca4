package io.patchbay.dialects.openai;

import io.patchbay.dialects.ChatCodec;
import io.patchbay.dialects.ChatDecoder;
import io.patchbay.dialects.ChatEncoder;
import io.patchbay.dialects.ClientPlan;
import io.patchbay.dialects.Tap;
import io.patchbay.dialects.WholeAnswer;
import io.patchbay.dialects.WholeTap;
import io.patchbay.dialects.WireError;
import io.patchbay.dialects.frame.FrameOut;
import io.patchbay.spi.Dialect;
import io.patchbay.spi.Profile;
import io.patchbay.spi.chat.ChatRequest;
import io.patchbay.spi.chat.Wire;
import io.patchbay.spi.json.JsonObject;

/** Reads and writes OpenAI Chat Completions. */
public final class OpenAiChatCodec implements ChatCodec {
    @Override
    public Dialect dialect() {
        return Dialect.OPENAI_CHAT;
    }

    @Override
    public ChatRequest readRequest(Wire wire) {
        return RequestReader.read(wire);
    }

    @Override
    public JsonObject writeRequest(ChatRequest request, String model, boolean stream) {
        return RequestWriter.write(request, model, stream);
    }

    @Override
    public Tap tap(ClientPlan plan, Profile profile) {
        return new OpenAiTap(plan, profile);
    }

    @Override
    public ChatDecoder decoder(Profile profile) {
        return new OpenAiDecoder(profile, false);
    }

    @Override
    public WholeTap wholeTap(ClientPlan plan, Profile profile) {
        return new OpenAiWholeTap(plan, profile);
    }

    @Override
    public ChatDecoder wholeDecoder(Profile profile) {
        return new OpenAiDecoder(profile, true);
    }

    @Override
    public ChatEncoder encoder(ClientPlan plan) {
        return new OpenAiEncoder(plan);
    }

    @Override
    public WholeAnswer whole(ClientPlan plan) {
        return new OpenAiWholeAnswer(plan);
    }

    @Override
    public byte[] errorBody(WireError error) {
        return JsonObject.builder()
                .put(
                        "error",
                        JsonObject.builder()
                                .put("message", error.message())
                                .put("type", error.type())
                                .put("param", error.param())
                                .put("code", error.code())
                                .build())
                .build()
                .toBytes();
    }

    @Override
    public void errorFrame(WireError error, FrameOut out) {
        out.sse(null, errorBody(error));
    }
}
