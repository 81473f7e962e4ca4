package io.patchbay.plugin.skylark;

import io.patchbay.spi.Capability;
import io.patchbay.spi.Flow;
import io.patchbay.spi.chat.ChatCall;
import io.patchbay.spi.chat.ChatEvent;
import io.patchbay.spi.http.HttpRequest;
import io.patchbay.toolkit.ChatSettings;
import io.patchbay.toolkit.DialectChat;
import java.time.Duration;

/** Where and how long a chat with Ark is asked for; what its dialect departs from stands in the plugin's file. */
final class ArkChat {
    /** A thinking model that does not stream may be silent for that long; the vendor's own advice. */
    private static final Duration SILENCE = Duration.ofMinutes(30);

    private ArkChat() {}

    static Flow<ChatEvent> of(ChatCall call, Volcengine server) {
        String path = call.model().startsWith("bot-") ? "bots/chat/completions" : "chat/completions";
        boolean thinks = SkylarkChannelType.FILE.offer(call.model()).has(Capability.REASONING);
        DialectChat chat = SkylarkChannelType.FILE
                .chat(call, () -> {
                    HttpRequest.Builder request = server.ark(path);
                    return thinks && !call.stream() ? request.silence(SILENCE) : request;
                })
                .askingAgain();
        return ChatSettings.of(call).has("max_completion_tokens") ? chat.leavingOut("max_tokens") : chat;
    }
}
