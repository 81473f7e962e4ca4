package io.patchbay.plugin.bedrock;

import io.patchbay.spi.Turn;
import io.patchbay.spi.chat.ChatCall;
import io.patchbay.spi.chat.ChatRequest;
import io.patchbay.spi.json.JsonArray;
import io.patchbay.spi.json.JsonObject;
import io.patchbay.spi.json.JsonValue;
import io.patchbay.toolkit.Conversation;
import io.patchbay.toolkit.RequestFields;
import io.patchbay.toolkit.ThinkingWish;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Writes a chat in Converse's form. */
final class ConverseRequest {
    private ConverseRequest() {}

    /**
     * Returns the body.
     *
     * @throws ConverseChat.Unfit when the request cannot be said in this form
     */
    static JsonObject write(ChatCall call, Turn<?> turn) {
        ChatRequest request = call.request();
        RequestFields fields = RequestFields.of(request);
        Conversation conversation = Conversation.of(request.messages());
        JsonObject.Builder body = JsonObject.builder();
        String system = conversation.system();
        if (!system.isEmpty()) {
            body.put("system", new JsonArray(List.of(object("text", JsonValue.of(system)))));
        }
        body.put("messages", ConverseMessages.write(conversation.withoutSystem().messages(), fields));
        JsonObject.Builder inference = JsonObject.builder()
                .putIfPresent("maxTokens", fields.maxTokens(1, 200_000))
                .putIfPresent("temperature", fields.number("temperature", 0, 1))
                .putIfPresent("topP", fields.number("top_p", 0, 1))
                .putIfPresent("stopSequences", fields.stopList());
        ThinkingWish wish = ThinkingWish.read(fields::take);
        JsonObject more = vendorFields(call.model(), wish, fields, inference);
        if (!inference.build().isEmpty()) {
            body.put("inferenceConfig", inference.build());
        }
        tools(body, fields, request);
        if (!more.isEmpty()) {
            body.put("additionalModelRequestFields", more);
        }
        String tier = fields.text("service_tier");
        if (tier != null) {
            body.put("serviceTier", object("type", JsonValue.of(tier)));
        }
        JsonValue metadata = fields.take("metadata");
        if (metadata instanceof JsonObject tags) {
            body.put("requestMetadata", tags);
        }
        fields.reportRest(turn);
        return body.build();
    }

    /** Thinking and top_k have no place of their own; each vendor behind the service calls them otherwise. */
    private static JsonObject vendorFields(
            String model, ThinkingWish wish, RequestFields fields, JsonObject.Builder inference) {
        JsonObject.Builder more = JsonObject.builder();
        Long topK = fields.whole("top_k", 1, 500);
        if (model.contains("anthropic")) {
            boolean thinks = claude(wish, more, inference, fields);
            if (thinks && topK != null) {
                fields.lose("top_k");
            } else {
                more.putIfPresent("top_k", topK);
            }
        } else if (model.contains("nova")) {
            if (topK != null) {
                more.put("inferenceConfig", object("topK", JsonValue.of(topK)));
            }
            if (wish.isSaid()) {
                nova(wish, more);
            }
        } else {
            if (topK != null) {
                fields.lose("top_k");
            }
            if (model.contains("gpt-oss") && wish.effort() != null) {
                more.put("reasoning_effort", wish.effort());
            } else if (wish.isSaid()) {
                fields.lose("reasoning_effort");
            }
        }
        return more.build();
    }

    /** Returns whether the model is to think. */
    private static boolean claude(
            ThinkingWish wish, JsonObject.Builder more, JsonObject.Builder inference, RequestFields fields) {
        if (!wish.isSaid() || Boolean.FALSE.equals(wish.on())) {
            return false;
        }
        long budget = Math.max(1_024, wish.budget() == null ? budget(wish.effort()) : wish.budget());
        more.put(
                "thinking",
                JsonObject.builder()
                        .put("type", "enabled")
                        .put("budget_tokens", budget)
                        .build());
        // With thinking on the model wants its own sampling, and room behind the thoughts (conversions page, read
        // 2026-11).
        JsonObject said = inference.build();
        if (said.has("temperature")) {
            fields.lose("temperature");
        }
        if (said.has("topP")) {
            fields.lose("top_p");
        }
        long most = said.longValue("maxTokens", 4_096);
        inference.remove("temperature").remove("topP").put("maxTokens", most > budget ? most : most + budget);
        return true;
    }

    /** The effort words as token budgets (conversions page, read 2026-11). */
    private static long budget(@Nullable String effort) {
        return switch (effort == null ? "medium" : effort) {
            case "minimal", "low" -> 1_024;
            case "high" -> 24_576;
            case "xhigh", "max" -> 32_768;
            default -> 8_192;
        };
    }

    private static void nova(ThinkingWish wish, JsonObject.Builder more) {
        boolean on = !Boolean.FALSE.equals(wish.on());
        JsonObject.Builder config = JsonObject.builder().put("type", on ? "enabled" : "disabled");
        if (on) {
            String effort = wish.effort() == null ? "medium" : wish.effort();
            config.put("maxReasoningEffort", List.of("low", "medium", "high").contains(effort) ? effort : "high");
        }
        more.put("reasoningConfig", config.build());
    }

    private static void tools(JsonObject.Builder body, RequestFields fields, ChatRequest request) {
        List<ChatRequest.Tool> tools = fields.tools();
        JsonValue choice = fields.take("tool_choice");
        if (tools.isEmpty()) {
            return;
        }
        List<JsonValue> specs = new ArrayList<>();
        for (ChatRequest.Tool tool : tools) {
            specs.add(object(
                    "toolSpec",
                    JsonObject.builder()
                            .put("name", tool.name())
                            .putIfPresent("description", blankToNull(tool.description()))
                            .put("inputSchema", object("json", tool.parameters()))
                            .build()));
        }
        boolean none = choice != null && "none".equals(choice.string());
        boolean used = request.messages().stream()
                .anyMatch(message -> !message.toolCalls().isEmpty());
        if (none && !used) {
            return;
        }
        JsonObject.Builder config = JsonObject.builder().put("tools", new JsonArray(specs));
        JsonObject said = none ? null : choice(choice);
        body.put("toolConfig", config.putIfPresent("toolChoice", said).build());
    }

    private static @Nullable JsonObject choice(@Nullable JsonValue choice) {
        if (choice == null) {
            return null;
        }
        JsonValue name = choice.at("function", "name");
        if (name != null) {
            return object("tool", object("name", name));
        }
        return object("required".equals(choice.string()) ? "any" : "auto", JsonObject.EMPTY);
    }

    private static @Nullable String blankToNull(@Nullable String text) {
        return text == null || text.isBlank() ? null : text;
    }

    static JsonObject object(String name, JsonValue value) {
        return JsonObject.builder().put(name, value).build();
    }
}
