package io.patchbay.plugin.zhipu;

import io.patchbay.spi.Fault;
import io.patchbay.spi.FaultKind;
import io.patchbay.spi.Flow;
import io.patchbay.spi.chat.ChatCall;
import io.patchbay.spi.chat.ChatEvent;
import io.patchbay.spi.json.Json;
import io.patchbay.spi.json.JsonArray;
import io.patchbay.spi.json.JsonValue;
import io.patchbay.toolkit.ChatSettings;
import io.patchbay.toolkit.DialectChat;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What depends on the call in a chat; the rest stands in the plugin's file. By the page "Chat completions", read 2026-11. */
final class GlmChat {
    /** Only version 3 of the API, which is switched off, had these. */
    private static final Pattern RETIRED = Pattern.compile("(zhipu-)?(chatglm|characterglm).*");

    private static final String SEARCH = """
            {"type": "web_search", "web_search": {"enable": true, "search_engine": "search_pro", "search_result": true,
            "content_size": "%s"}}""";

    private GlmChat() {}

    static Flow<ChatEvent> of(ChatCall call, Zhipu zhipu) {
        String model = call.model().toLowerCase(Locale.ROOT);
        DialectChat chat = ZhipuChannelType.FILE.chat(call, () -> zhipu.post("chat/completions"));
        // What an older product called glm-3-turbo.
        if (model.equals("zhipu-chatglm-turbo")) {
            chat = chat.setting("model", JsonValue.of("glm-3-turbo"));
        } else if (RETIRED.matcher(model).matches()) {
            return Flow.failed(Fault.of(
                    FaultKind.UNSUPPORTED,
                    "the model \"" + call.model()
                            + "\" belongs to version 3 of the API, which is switched off; redirect"
                            + " it to a newer one in the channel, for example to glm-4-flash-250414"));
        } else if (model.equals("glm-4v-flash") && hasInlinePicture(call)) {
            return Flow.failed(Fault.of(
                    FaultKind.BAD_REQUEST, "the model \"" + call.model() + "\" takes pictures by address only"));
        }
        ChatSettings settings = ChatSettings.of(call);
        Double temperature = settings.number("temperature");
        if (temperature != null && temperature <= 0) {
            chat = chat.replacing("temperature", "do_sample", JsonValue.of(false));
        }
        String user = settings.text("user");
        if (user != null && !Zhipu.isUser(user)) {
            chat = chat.refusing("user");
        }
        JsonValue search = settings.get("web_search_options");
        return search == null
                ? chat
                : chat.replacing(
                        "web_search_options", "tools", withSearch(settings, search.string("search_context_size")));
    }

    /** Searching is a tool of the vendor's own, beside the client's. */
    private static JsonArray withSearch(ChatSettings settings, @Nullable String size) {
        JsonValue given = "none".equals(settings.text("tool_choice")) ? null : settings.get("tools");
        List<JsonValue> tools = new ArrayList<>(given == null ? List.of() : given.elements());
        tools.add(Json.parse(SEARCH.formatted("high".equals(size) ? "high" : "medium")));
        return new JsonArray(tools);
    }

    private static boolean hasInlinePicture(ChatCall call) {
        return call.request().messages().stream()
                .flatMap(message -> message.parts().stream())
                .anyMatch(part -> part.image() != null && part.image().inline() != null);
    }
}
