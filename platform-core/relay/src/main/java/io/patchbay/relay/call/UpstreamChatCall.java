package io.patchbay.relay.call;

import io.patchbay.spi.chat.ChatCall;
import io.patchbay.spi.chat.ChatRequest;
import io.patchbay.spi.chat.Wire;
import org.jspecify.annotations.Nullable;

/** A chat as a flow sees it; the canonical request is read on first use. Confined to the call's serial. */
final class UpstreamChatCall implements ChatCall {
    private final ChatOrder order;
    private final Wire wire;
    private final String model;
    private final String userMark;
    private @Nullable ChatRequest request;

    /**
     * Creates a call.
     *
     * @param wire the client's body, with its pictures in the form the upstream wants
     */
    UpstreamChatCall(ChatOrder order, Wire wire, String model, String userMark) {
        this.order = order;
        this.wire = wire;
        this.model = model;
        this.userMark = userMark;
    }

    @Override
    public String model() {
        return model;
    }

    @Override
    public String publicModel() {
        return order.model();
    }

    @Override
    public boolean stream() {
        return order.stream();
    }

    @Override
    public ChatRequest request() {
        ChatRequest read = request;
        if (read == null) {
            read = order.codec().readRequest(wire);
            request = read;
        }
        return read;
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
