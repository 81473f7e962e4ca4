package io.patchbay.plugin.cohere;

import io.patchbay.spi.Flow;
import io.patchbay.spi.Framing;
import io.patchbay.spi.Next;
import io.patchbay.spi.Turn;
import io.patchbay.spi.chat.ChatCall;
import io.patchbay.spi.chat.ChatEvent;
import io.patchbay.spi.chat.ChatRequest;
import io.patchbay.spi.http.Body;
import io.patchbay.spi.http.HttpRequest;
import io.patchbay.spi.json.Json;
import io.patchbay.spi.json.JsonArray;
import io.patchbay.spi.json.JsonBoolean;
import io.patchbay.spi.json.JsonObject;
import io.patchbay.spi.json.JsonValue;
import io.patchbay.toolkit.Flows;
import io.patchbay.toolkit.MessageParts;
import io.patchbay.toolkit.RequestFields;
import io.patchbay.toolkit.ThinkingWish;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One chat. The limits are those of Cohere's Chat API page, read 2026-11. */
final class CohereChat implements Flow<ChatEvent> {
    private static final int MOST_STOPS = 5;
    private static final long MOST_TOP_K = 500;
    /** How many tokens must be left for the answer of a model that thinks. */
    private static final long LEAST_ANSWER = 1_000;

    private static final JsonValue NO_PARAMETERS = Json.parse("{\"type\":\"object\",\"properties\":{}}");

    private final CohereServer server;
    private final String model;
    private final boolean stream;
    private final ChatRequest request;
    private final RequestFields fields;

    CohereChat(ChatCall call, CohereServer server) {
        this.server = server;
        this.model = call.model();
        this.stream = call.stream();
        this.request = call.request();
        this.fields = RequestFields.of(request);
    }

    @Override
    public Next begin(Turn<ChatEvent> turn) {
        JsonObject body = body();
        fields.reportRest(turn);
        HttpRequest.Builder chat = server.post("chat").body(Body.json(body));
        CohereReader reader = new CohereReader(turn);
        return Flows.send(
                chat, built -> stream ? Next.stream(built, Framing.SSE, reader) : Next.ask(built, reader::unframed));
    }

    private JsonObject body() {
        Model traits = new Model(model);
        JsonObject.Builder body = JsonObject.builder().put("model", model).put("stream", stream);
        if (traits.sees()) {
            MessageParts.loseAllBut(fields, request.messages(), "text", "image");
        } else {
            MessageParts.loseAllBut(fields, request.messages(), "text");
        }
        body.put("messages", Messages.written(request.messages(), traits.sees()));
        Long bound = fields.maxTokens(1, Long.MAX_VALUE);
        body.putIfPresent("max_tokens", bound);
        body.putIfPresent("temperature", fields.number("temperature", 0, Double.MAX_VALUE));
        body.putIfPresent("p", fields.number("top_p", 0.01, 0.99));
        body.putIfPresent("k", fields.whole("top_k", 0, MOST_TOP_K));
        body.putIfPresent("seed", fields.whole("seed", 0, Long.MAX_VALUE));
        body.putIfPresent("frequency_penalty", fields.number("frequency_penalty", 0, 1));
        body.putIfPresent("presence_penalty", fields.number("presence_penalty", 0, 1));
        body.putIfPresent("stop_sequences", fields.stopList(MOST_STOPS));
        if (Boolean.TRUE.equals(fields.flag("logprobs"))) {
            body.put("logprobs", true);
        }
        tools(body);
        body.putIfPresent("response_format", format());
        body.putIfPresent("thinking", thinking(traits, bound));
        fields.copy(body, "documents", "citation_options", "safety_mode", "priority", "strict_tools");
        return body.build();
    }

    /** There is no word for one certain tool, so that one is the only one offered. */
    private void tools(JsonObject.Builder body) {
        JsonValue choice = fields.take("tool_choice");
        JsonValue named = choice == null ? null : choice.at("function", "name");
        List<JsonValue> tools = new ArrayList<>();
        boolean strict = false;
        for (ChatRequest.Tool tool : fields.tools()) {
            if (named == null || tool.name().equals(named.string())) {
                tools.add(written(tool));
                strict |= JsonBoolean.TRUE.equals(tool.raw().at("function", "strict"));
            }
        }
        if (tools.isEmpty()) {
            return;
        }
        body.put("tools", new JsonArray(tools));
        if (strict) {
            body.put("strict_tools", true);
        }
        String word = choice == null ? null : choice.string();
        if (named != null || "required".equals(word)) {
            body.put("tool_choice", "REQUIRED");
        } else if ("none".equals(word)) {
            body.put("tool_choice", "NONE");
        }
    }

    private static JsonObject written(ChatRequest.Tool tool) {
        JsonObject function = JsonObject.builder()
                .put("name", tool.name())
                .putIfPresent("description", tool.description())
                .put("parameters", tool.parameters().isEmpty() ? NO_PARAMETERS : tool.parameters())
                .build();
        return JsonObject.builder()
                .put("type", "function")
                .put("function", function)
                .build();
    }

    private @Nullable JsonObject format() {
        JsonValue format = fields.take("response_format");
        String type = format == null ? "text" : format.string("type", "text");
        if (format == null || type.equals("text")) {
            return null;
        }
        if (!request.tools().isEmpty()) {
            fields.lose("response_format");
            return null;
        }
        return JsonObject.builder()
                .put("type", "json_object")
                .putIfPresent("json_schema", format.at("json_schema", "schema"))
                .build();
    }

    private @Nullable JsonObject thinking(Model traits, @Nullable Long bound) {
        ThinkingWish wish = ThinkingWish.read(fields::take);
        if (wish.on() == null) {
            return null;
        }
        if (!traits.thinks()) {
            if (wish.on()) {
                ThinkingWish.FIELDS.stream()
                        .filter(name -> request.settings().has(name))
                        .forEach(fields::lose);
            }
            return null;
        }
        if (!wish.on()) {
            return JsonObject.builder().put("type", "disabled").build();
        }
        Long budget = wish.budget();
        if (budget != null && bound != null && budget > bound - LEAST_ANSWER) {
            budget = bound > LEAST_ANSWER ? Long.valueOf(bound - LEAST_ANSWER) : null;
        }
        return JsonObject.builder()
                .put("type", "enabled")
                .putIfPresent("token_budget", budget)
                .build();
    }
}
