package io.patchbay.plugin.hunyuan;

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
import io.patchbay.spi.json.JsonObject;
import io.patchbay.spi.json.JsonValue;
import io.patchbay.toolkit.Flows;
import io.patchbay.toolkit.MessageParts;
import io.patchbay.toolkit.RequestFields;
import io.patchbay.toolkit.ThinkingWish;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The action {@code ChatCompletions} of the cloud API. Ranges by its page of that name, read 2026-11. */
record CloudChat(ChatCall call, Hunyuan hunyuan) implements Flow<ChatEvent> {
    /** The vendor's own settings, by the names its other surface gives them. */
    private static final Map<String, String> OWN = Map.of(
            "enable_enhancement", "EnableEnhancement",
            "force_search_enhancement", "ForceSearchEnhancement",
            "search_info", "SearchInfo",
            "citation", "Citation",
            "enable_speed_search", "EnableSpeedSearch",
            "enable_deep_search", "EnableDeepSearch",
            "stream_moderation", "StreamModeration");

    @Override
    public Next begin(Turn<ChatEvent> turn) {
        HunyuanModel model = new HunyuanModel(call.model());
        RequestFields fields = RequestFields.of(call.request());
        if (model.sees()) {
            MessageParts.loseAllBut(fields, call.request().messages(), "text", "image", "video_url");
        } else {
            MessageParts.loseAllBut(fields, call.request().messages(), "text");
        }
        JsonObject.Builder body = JsonObject.builder()
                .put("Model", model.sent())
                .put("Messages", CloudMessages.of(call.request().messages(), model.sees()))
                .put("Stream", call.stream())
                .putIfPresent("Temperature", fields.number("temperature", 0, 2))
                .putIfPresent("TopP", fields.number("top_p", 0, 1))
                .putIfPresent("Stop", fields.stopList())
                .putIfPresent("Seed", fields.whole("seed", 1, 10_000));
        if (fields.take("web_search_options") != null) {
            body.put("EnableEnhancement", true).put("SearchInfo", true).put("Citation", true);
        }
        OWN.forEach((ours, theirs) -> body.putIfPresent(theirs, fields.take(ours)));
        if (model.switchesThinking()) {
            Boolean on = ThinkingWish.read(fields::take).on();
            body.putIfPresent("EnableThinking", on == null ? null : JsonValue.of(on));
        }
        tools(body, fields);
        fields.reportRest(turn);
        HttpRequest.Builder request = hunyuan.action("ChatCompletions").body(Body.json(body.build()));
        CloudReader reader = new CloudReader(turn);
        boolean streamed = call.stream();
        return Flows.send(
                request,
                built -> streamed ? Next.stream(built, Framing.SSE, reader) : Next.ask(built, reader::unframed));
    }

    private void tools(JsonObject.Builder body, RequestFields fields) {
        List<ChatRequest.Tool> tools = fields.tools();
        if (tools.isEmpty()) {
            return;
        }
        body.put("Tools", new JsonArray(tools.stream().map(CloudChat::tool).toList()));
        JsonValue choice = call.request().toolChoice();
        String word = choice == null ? null : choice.string();
        ChatRequest.Tool one = chosen(choice, tools);
        if ("none".equals(word) || "auto".equals(word)) {
            fields.take("tool_choice");
            body.put("ToolChoice", word);
        } else if (one != null) {
            fields.take("tool_choice");
            body.put("ToolChoice", "custom").put("CustomTool", tool(one));
        }
    }

    /** Returns the tool that must be called, where the client's choice leaves one only. */
    private static ChatRequest.@Nullable Tool chosen(@Nullable JsonValue choice, List<ChatRequest.Tool> tools) {
        if (JsonValue.of("required").equals(choice) && tools.size() == 1) {
            return tools.getFirst();
        }
        JsonValue name = choice == null ? null : choice.at("function", "name");
        return name == null
                ? null
                : tools.stream()
                        .filter(tool -> tool.name().equals(name.string()))
                        .findFirst()
                        .orElse(null);
    }

    /** The schema of the parameters is a text with JSON in it. */
    private static JsonValue tool(ChatRequest.Tool tool) {
        JsonObject function = JsonObject.builder()
                .put("Name", tool.name())
                .putIfPresent("Description", tool.description())
                .put("Parameters", tool.parameters().toJson())
                .build();
        return JsonObject.builder()
                .put("Type", "function")
                .put("Function", function)
                .build();
    }
}
