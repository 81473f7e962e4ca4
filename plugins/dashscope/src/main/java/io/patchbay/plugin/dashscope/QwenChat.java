package io.patchbay.plugin.dashscope;

import io.patchbay.spi.Flow;
import io.patchbay.spi.Framing;
import io.patchbay.spi.Next;
import io.patchbay.spi.Turn;
import io.patchbay.spi.chat.ChatCall;
import io.patchbay.spi.chat.ChatEvent;
import io.patchbay.spi.chat.ChatRequest;
import io.patchbay.spi.http.Body;
import io.patchbay.spi.http.HttpRequest;
import io.patchbay.spi.json.JsonArray;
import io.patchbay.spi.json.JsonBoolean;
import io.patchbay.spi.json.JsonObject;
import io.patchbay.spi.json.JsonValue;
import io.patchbay.toolkit.Flows;
import io.patchbay.toolkit.MessageParts;
import io.patchbay.toolkit.RequestFields;
import io.patchbay.toolkit.ThinkingWish;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A chat in the native API, always streamed: hybrid and thinking models refuse anything else. Ranges by the pages "Text
 * generation" and "Multimodal", read 2026-11.
 */
record QwenChat(ChatCall call, QwenModel model, DashScope server) implements Flow<ChatEvent> {
    private static final String TEXT = "/api/v1/services/aigc/text-generation/generation";

    /** Where models that see, hear and draw are asked. */
    static final String PARTS = "/api/v1/services/aigc/multimodal-generation/generation";

    @Override
    public Next begin(Turn<ChatEvent> turn) {
        boolean sees = model.kind() == QwenModel.Kind.SEEING;
        RequestFields fields = RequestFields.of(call.request());
        if (sees) {
            MessageParts.loseAllBut(fields, call.request().messages(), "text", "image", "video_url", "input_audio");
        } else {
            MessageParts.loseAllBut(fields, call.request().messages(), "text");
        }
        JsonObject input = JsonObject.builder()
                .put("messages", QwenMessages.of(call.request().messages(), sees))
                .build();
        JsonObject body = JsonObject.builder()
                .put("model", model.name())
                .put("input", input)
                .put("parameters", parameters(fields))
                .build();
        fields.reportRest(turn);
        HttpRequest.Builder request = server.post(sees ? PARTS : TEXT)
                .header("Accept", "text/event-stream")
                .header("X-DashScope-SSE", "enable")
                .body(Body.json(body));
        QwenReader reader = new QwenReader(turn);
        return Flows.send(request, built -> Next.stream(built, Framing.SSE, reader));
    }

    private JsonObject parameters(RequestFields fields) {
        JsonObject.Builder all = JsonObject.builder()
                .put("result_format", "message")
                .put("incremental_output", true)
                .putIfPresent("max_tokens", fields.maxTokens(1, Integer.MAX_VALUE))
                .putIfPresent("temperature", fields.number("temperature", 0, 1.99))
                .putIfPresent("top_p", fields.number("top_p", 0.01, 0.99))
                .putIfPresent("top_k", fields.whole("top_k", 0, Integer.MAX_VALUE))
                .putIfPresent("repetition_penalty", fields.number("repetition_penalty", 0.01, 10))
                .putIfPresent("presence_penalty", fields.number("presence_penalty", -2, 2))
                .putIfPresent("seed", fields.whole("seed", 0, Integer.MAX_VALUE))
                .putIfPresent("stop", fields.stopList());
        fields.copy(
                all, "logprobs", "top_logprobs", "search_options", "vl_high_resolution_images", "translation_options");
        thinking(all, ThinkingWish.read(fields::take));
        tools(all, fields);
        all.putIfPresent("response_format", fields.jsonFormat());
        Boolean search = fields.flag("enable_search");
        boolean wanted = fields.take("web_search_options") != null || model.searches();
        return all.putIfPresent(
                        "enable_search", search != null ? JsonValue.of(search) : wanted ? JsonBoolean.TRUE : null)
                .build();
    }

    private static void thinking(JsonObject.Builder all, ThinkingWish wish) {
        if (wish.on() != null) {
            all.put("enable_thinking", wish.on());
        }
        all.putIfPresent("thinking_budget", wish.budget());
    }

    private void tools(JsonObject.Builder all, RequestFields fields) {
        List<ChatRequest.Tool> tools = fields.tools();
        if (tools.isEmpty()) {
            return;
        }
        all.put(
                "tools",
                new JsonArray(tools.stream().map(tool -> (JsonValue) tool.raw()).toList()));
        fields.copy(all, "parallel_tool_calls");
        JsonValue choice = choice(call.request().toolChoice(), tools);
        if (choice != null) {
            fields.take("tool_choice");
            all.put("tool_choice", choice);
        }
    }

    /** That some tool must be called cannot be said, unless there is only one. */
    private static @Nullable JsonValue choice(@Nullable JsonValue asked, List<ChatRequest.Tool> tools) {
        String word = asked == null ? null : asked.string();
        if (asked == null || "auto".equals(word) || "none".equals(word)) {
            return asked;
        }
        if ("required".equals(word) && tools.size() == 1) {
            return function(tools.getFirst().name());
        }
        JsonValue name = asked.at("function", "name");
        return name == null || name.string() == null ? null : function(name.string());
    }

    private static JsonValue function(String name) {
        return JsonObject.builder()
                .put("type", "function")
                .put("function", JsonObject.builder().put("name", name).build())
                .build();
    }
}
