package io.patchbay.plugin.anthropic;

import io.patchbay.spi.Flow;
import io.patchbay.spi.chat.ChatCall;
import io.patchbay.spi.chat.ChatEvent;
import io.patchbay.spi.chat.ChatRequest;
import io.patchbay.spi.json.JsonObject;
import io.patchbay.spi.json.JsonValue;
import io.patchbay.toolkit.anthropic.ClaudeChat;
import java.time.Duration;

/** {@code POST /v1/messages}. */
final class Messages {
    /** Nothing comes of a whole answer before all of it is made; longer ones must be streamed. */
    private static final Duration SILENCE = Duration.ofMinutes(10);

    private Messages() {}

    static Flow<ChatEvent> of(ChatCall call, Upstream upstream) {
        String user = call.userMark();
        return ClaudeChat.of(
                        call,
                        stream -> stream
                                ? upstream.messages()
                                : upstream.messages().silence(SILENCE))
                .faults(RateLimits::fault)
                .forwarding(request -> completed(request, upstream, user));
    }

    /** Returns the request with what the operator and the host know better than the client. */
    private static ChatRequest completed(ChatRequest request, Upstream upstream, String user) {
        ChatRequest.Builder completed = ChatRequest.builder();
        request.messages().forEach(completed::message);
        request.tools().forEach(completed::tool);
        request.settings().members().forEach(completed::set);
        if (request.maxTokens() == null && upstream.maxTokens() > 0) {
            completed.set("max_tokens", JsonValue.of(upstream.maxTokens()));
        }
        JsonObject settings = request.settings();
        if (settings.string("user") == null && settings.string("safety_identifier") == null) {
            completed.set("user", JsonValue.of(user));
        }
        return completed.build();
    }
}
