package io.patchbay.plugin.ernie;

import io.patchbay.spi.Dialect;
import io.patchbay.spi.Flow;
import io.patchbay.spi.chat.ChatCall;
import io.patchbay.spi.chat.ChatEvent;
import io.patchbay.spi.http.HttpRequest;
import io.patchbay.spi.json.JsonObject;
import io.patchbay.spi.json.JsonValue;
import io.patchbay.toolkit.ChatTuning;
import io.patchbay.toolkit.DialectChat;
import io.patchbay.toolkit.ThinkingWish;

/** A chat in the current API: OpenAI's dialect with switches for thinking and searching. */
final class CurrentChat {
    private CurrentChat() {}

    static Flow<ChatEvent> of(ChatCall call, Qianfan qianfan) {
        ChatTuning tuning = ChatTuning.of(call);
        tuning.profile().finishWord("normal", "stop");
        ThinkingWish wish = ThinkingWish.of(call);
        tuning.thinkingFlag();
        if (wish.budget() != null) {
            tuning.set("thinking_budget", JsonValue.of(wish.budget()));
        }
        if (tuning.settings().has("web_search_options") && !tuning.settings().has("web_search")) {
            tuning.replace(
                    "web_search_options",
                    "web_search",
                    JsonObject.builder()
                            .put("enable", true)
                            .put("enable_citation", true)
                            .put("search_mode", "auto")
                            .build());
        }
        return tuning.over(DialectChat.of(
                        call,
                        Dialect.OPENAI_CHAT,
                        () -> qianfan.begun(HttpRequest.post(qianfan.url("chat/completions"))))
                .askingAgain());
    }
}
