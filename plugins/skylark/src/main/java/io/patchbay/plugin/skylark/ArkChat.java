package io.patchbay.plugin.skylark;

import io.patchbay.spi.Dialect;
import io.patchbay.spi.Flow;
import io.patchbay.spi.MessageRule;
import io.patchbay.spi.chat.ChatCall;
import io.patchbay.spi.chat.ChatEvent;
import io.patchbay.spi.http.HttpRequest;
import io.patchbay.spi.json.JsonValue;
import io.patchbay.toolkit.ChatTuning;
import io.patchbay.toolkit.DialectChat;
import io.patchbay.toolkit.ThinkingWish;
import java.time.Duration;

/** A chat with Ark: OpenAI's dialect within the limits of its page "Chat completions", read 2026-11. */
final class ArkChat {
    /** The answer is bounded unless the client says otherwise, as it always was with this channel type. */
    private static final long USUAL_BOUND = 4_096;

    /** A thinking model that does not stream may be silent for that long; the vendor's own advice. */
    private static final Duration SILENCE = Duration.ofMinutes(30);

    private ArkChat() {}

    static Flow<ChatEvent> of(ChatCall call, Volcengine server) {
        ArkModel model = new ArkModel(call.model());
        ChatTuning tuning = ChatTuning.of(call);
        tuning.profile().messages(MessageRule.MERGE_NEIGHBOURS).messages(MessageRule.USER_FIRST);
        tuning.drop("n", "seed", "user", "web_search_options");
        if (tuning.settings().has("max_completion_tokens")) {
            tuning.leaveOut("max_tokens");
        } else if (!tuning.settings().has("max_tokens")) {
            tuning.set("max_tokens", JsonValue.of(USUAL_BOUND));
        }
        tuning.clamp("temperature", 0, 2).clamp("top_p", 0, 1);
        tuning.clamp("frequency_penalty", -2, 2).clamp("presence_penalty", -2, 2);
        thinking(tuning, model, ThinkingWish.of(call));
        String path = call.model().startsWith("bot-") ? "bots/chat/completions" : "chat/completions";
        boolean patient = model.thinks() && !call.stream();
        return tuning.over(DialectChat.of(call, Dialect.OPENAI_CHAT, () -> {
                    HttpRequest.Builder request = server.ark(path);
                    return patient ? request.silence(SILENCE) : request;
                })
                .askingAgain());
    }

    private static void thinking(ChatTuning tuning, ArkModel model, ThinkingWish wish) {
        if (!model.switchesThinking()) {
            tuning.drop("reasoning_effort", "reasoning", "enable_thinking");
            return;
        }
        String effort = wish.effort();
        if (effort != null && model.takesEfforts() && effort.matches("minimal|low|medium|high")) {
            tuning.leaveOut("reasoning").set("reasoning_effort", JsonValue.of(effort));
        } else if (wish.on() == null) {
            tuning.leaveOut("reasoning_effort", "reasoning");
        } else {
            tuning.thinkingType();
        }
    }
}
