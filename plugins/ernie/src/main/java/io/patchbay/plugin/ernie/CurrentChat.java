package io.patchbay.plugin.ernie;

import io.patchbay.spi.Flow;
import io.patchbay.spi.chat.ChatCall;
import io.patchbay.spi.chat.ChatEvent;
import io.patchbay.spi.http.HttpRequest;
import io.patchbay.spi.json.JsonObject;
import io.patchbay.toolkit.ChatSettings;
import io.patchbay.toolkit.DialectChat;

/** A chat in the current API: OpenAI's dialect, whose departures stand in the plugin's file, with a switch for searching. */
final class CurrentChat {
    private static final JsonObject SEARCHING = JsonObject.builder()
            .put("enable", true)
            .put("enable_citation", true)
            .put("search_mode", "auto")
            .build();

    private CurrentChat() {}

    static Flow<ChatEvent> of(ChatCall call, Qianfan qianfan) {
        DialectChat chat = ErnieChannelType.FILE
                .chat(call, () -> qianfan.begun(HttpRequest.post(qianfan.url("chat/completions"))))
                .askingAgain();
        ChatSettings settings = ChatSettings.of(call);
        return settings.has("web_search_options") && !settings.has("web_search")
                ? chat.replacing("web_search_options", "web_search", SEARCHING)
                : chat;
    }
}
