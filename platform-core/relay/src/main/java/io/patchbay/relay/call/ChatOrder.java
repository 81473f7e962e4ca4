package io.patchbay.relay.call;

import io.patchbay.accounts.Caller;
import io.patchbay.dialects.ChatCodec;
import io.patchbay.spi.chat.Wire;
import java.time.Instant;

/**
 * What a client asked for, before any upstream is chosen.
 *
 * @param codec the dialect the client speaks
 * @param wire the client's body
 * @param model the public model name, after modifiers
 * @param usageAsked whether the client wants a usage event in a stream
 * @param input input tokens by our own count
 * @param maxOutput the client's bound of the output in tokens, 0 for none
 * @param conversation the client's name for its conversation, empty for none
 */
public record ChatOrder(
        String requestId,
        Caller caller,
        ChatCodec codec,
        Wire wire,
        String model,
        boolean stream,
        boolean usageAsked,
        InputTokens input,
        long maxOutput,
        String conversation,
        Instant startedAt) {
    /** Returns the input tokens as far as they are known without work. */
    public long inputEstimate() {
        return input.estimate();
    }
}
