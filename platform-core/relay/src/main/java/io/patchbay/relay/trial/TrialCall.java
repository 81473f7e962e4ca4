package io.patchbay.relay.trial;

import io.patchbay.dialects.openai.OpenAiChatCodec;
import io.patchbay.dialects.wire.WireBody;
import io.patchbay.relay.channel.Channel;
import io.patchbay.relay.edit.ChannelEdits;
import io.patchbay.spi.Dialect;
import io.patchbay.spi.chat.ChatCall;
import io.patchbay.spi.chat.ChatRequest;
import io.patchbay.spi.chat.Wire;
import io.patchbay.spi.json.JsonArray;
import io.patchbay.spi.json.JsonObject;
import java.util.List;

/**
 * A chat as a plugin sees it: what a client would have sent, with the channel's changes. Never shown as text, because
 * it holds the prompt.
 */
final class TrialCall implements ChatCall {
    private final String publicModel;
    private final String model;
    private final boolean stream;
    private final String userMark;
    private final Wire wire;
    private final ChatRequest request;

    private TrialCall(String publicModel, String model, boolean stream, String userMark, Wire wire) {
        this.publicModel = publicModel;
        this.model = model;
        this.stream = stream;
        this.userMark = userMark;
        this.wire = wire;
        this.request = new OpenAiChatCodec().readRequest(wire);
    }

    /** Returns the chat of an order. */
    static TrialCall of(TrialOrder order, Channel channel, String publicModel, String userMark) {
        JsonObject message = JsonObject.builder()
                .put("role", "user")
                .put("content", order.prompt())
                .build();
        JsonObject.Builder body = JsonObject.builder()
                .put("model", publicModel)
                .put("messages", new JsonArray(List.of(message)))
                .put("max_tokens", order.maxTokens())
                .put("stream", order.stream());
        if (order.stream()) {
            body.put(
                    "stream_options",
                    JsonObject.builder().put("include_usage", true).build());
        }
        Wire sent = WireBody.read(Dialect.OPENAI_CHAT, body.build().toBytes());
        return new TrialCall(
                publicModel,
                channel.mapping().upstream(publicModel),
                order.stream(),
                userMark,
                ChannelEdits.of(channel.settings()).apply(sent));
    }

    @Override
    public String model() {
        return model;
    }

    @Override
    public String publicModel() {
        return publicModel;
    }

    @Override
    public boolean stream() {
        return stream;
    }

    @Override
    public ChatRequest request() {
        return request;
    }

    @Override
    public String userMark() {
        return userMark;
    }

    @Override
    public Wire wire() {
        return wire;
    }
}
