package io.patchbay.plugin.zhipu;

import io.patchbay.spi.Dialect;
import io.patchbay.spi.Fault;
import io.patchbay.spi.FaultKind;
import io.patchbay.spi.Flow;
import io.patchbay.spi.chat.ChatCall;
import io.patchbay.spi.chat.ChatEvent;
import io.patchbay.spi.json.JsonArray;
import io.patchbay.spi.json.JsonObject;
import io.patchbay.spi.json.JsonValue;
import io.patchbay.toolkit.ChatTuning;
import io.patchbay.toolkit.DialectChat;
import java.util.ArrayList;
import java.util.List;

/** A chat: OpenAI's dialect within the limits of Zhipu's page "Chat completions", read 2026-11. */
final class GlmChat {
    private static final String BASE64 = ";base64,";

    private final GlmModel model;
    private final ChatTuning tuning;

    private GlmChat(ChatCall call) {
        this.model = new GlmModel(call.model());
        this.tuning = ChatTuning.of(call);
    }

    static Flow<ChatEvent> of(ChatCall call, Zhipu zhipu) {
        GlmChat chat = new GlmChat(call);
        if (chat.model.retired()) {
            return Flow.failed(Fault.of(
                    FaultKind.UNSUPPORTED,
                    "the model \"" + call.model()
                            + "\" belongs to version 3 of the API, which is switched off; redirect"
                            + " it to a newer one in the channel, for example to glm-4-flash-250414"));
        }
        if (chat.model.addressesOnly() && chat.hasInlinePicture()) {
            return Flow.failed(Fault.of(
                    FaultKind.BAD_REQUEST, "the model \"" + call.model() + "\" takes pictures by address only"));
        }
        return chat.tuned(DialectChat.of(call, Dialect.OPENAI_CHAT, () -> zhipu.post("chat/completions")));
    }

    private Flow<ChatEvent> tuned(DialectChat chat) {
        tuning.profile()
                .finishWord("sensitive", "content_filter")
                .finishWord("model_context_window_exceeded", "length")
                .finishWord("network_error", "error");
        tuning.set("model", JsonValue.of(model.sent()));
        tuning.drop("n", "seed", "logit_bias", "logprobs", "top_logprobs", "presence_penalty", "frequency_penalty");
        tuning.rename("max_completion_tokens", "max_tokens").stops(1);
        sampling();
        thinking();
        format();
        user();
        tools();
        if (model.sees()) {
            tuning.parts(GlmChat::bare);
        }
        return tuning.over(chat);
    }

    private void sampling() {
        Double temperature = tuning.settings().number("temperature");
        if (temperature != null && temperature <= 0) {
            tuning.replace("temperature", "do_sample", JsonValue.of(false));
        } else {
            tuning.clamp("temperature", 0.01, 1);
        }
        tuning.clamp("top_p", 0.01, 0.99);
    }

    private void thinking() {
        if (model.thinks()) {
            tuning.thinkingType();
        } else {
            tuning.drop("reasoning_effort", "reasoning");
        }
    }

    /** A schema is not understood; that the answer is to be JSON at all is. */
    private void format() {
        JsonValue format = tuning.settings().get("response_format");
        if (format != null && "json_schema".equals(format.string("type"))) {
            tuning.set(
                            "response_format",
                            JsonObject.builder().put("type", "json_object").build())
                    .lose("response_format");
        }
    }

    /** A name of less than six characters is an error. */
    private void user() {
        String user = tuning.settings().text("user");
        if (user != null && user.length() >= 6 && user.length() <= 128) {
            tuning.rename("user", "user_id");
        } else {
            tuning.drop("user");
        }
    }

    private void tools() {
        if (JsonValue.of("none").equals(tuning.settings().get("tool_choice"))) {
            tuning.leaveOut("tools", "tool_choice");
            return;
        }
        tuning.drop("tool_choice");
        JsonValue options = tuning.settings().get("web_search_options");
        if (options == null) {
            return;
        }
        JsonObject search = JsonObject.builder()
                .put("enable", true)
                .put("search_engine", "search_pro")
                .put("search_result", true)
                .put("content_size", "high".equals(options.string("search_context_size")) ? "high" : "medium")
                .build();
        JsonValue given = tuning.settings().get("tools");
        List<JsonValue> tools = new ArrayList<>(given == null ? List.of() : given.elements());
        tools.add(JsonObject.builder()
                .put("type", "web_search")
                .put("web_search", search)
                .build());
        tuning.replace("web_search_options", "tools", new JsonArray(tools));
    }

    /** Older models refuse the head of a data address, and all take what stands behind it. */
    private static JsonObject bare(JsonObject part) {
        JsonValue holder = part.get("image_url");
        if (!(holder instanceof JsonObject picture)) {
            return part;
        }
        String url = picture.string("url", "");
        int mark = url.startsWith("data:") ? url.indexOf(BASE64) : -1;
        if (mark < 0) {
            return part;
        }
        JsonValue base64 = JsonValue.of(url.substring(mark + BASE64.length()));
        return part.toBuilder()
                .put("image_url", picture.toBuilder().put("url", base64).build())
                .build();
    }

    private boolean hasInlinePicture() {
        return tuning.messages().stream()
                .flatMap(message -> message.elements("content").stream())
                .map(part -> part.at("image_url", "url"))
                .anyMatch(url ->
                        url != null && url.string() != null && url.string().startsWith("data:"));
    }
}
