package io.patchbay.dialects.responses;

import io.patchbay.spi.chat.ChatMessage;
import io.patchbay.spi.chat.ChatMessage.ToolCall;
import io.patchbay.spi.chat.ChatRequest;
import io.patchbay.spi.chat.ContentPart;
import io.patchbay.spi.json.JsonArray;
import io.patchbay.spi.json.JsonBoolean;
import io.patchbay.spi.json.JsonObject;
import io.patchbay.spi.json.JsonValue;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Writes a chat as a request for one response (conversions page, C → R, read 2026-11). */
final class ResponsesRequest {
    /** The least bound the API takes. */
    private static final long LEAST_TOKENS = 16;

    /** Fields of the same name and meaning. */
    private static final List<String> SAME = List.of(
            "temperature",
            "top_p",
            "parallel_tool_calls",
            "metadata",
            "user",
            "safety_identifier",
            "prompt_cache_key",
            "prompt_cache_retention",
            "service_tier",
            "truncation");

    /** Fields that are said in other words below. */
    private static final Set<String> SAID = Set.of(
            "max_tokens",
            "max_completion_tokens",
            "stream_options",
            "tool_choice",
            "response_format",
            "reasoning_effort",
            "verbosity",
            "logprobs",
            "top_logprobs",
            "store",
            "web_search_options");

    private final ChatRequest request;
    private final String model;
    private final boolean stream;

    ResponsesRequest(ChatRequest request, String model, boolean stream) {
        this.request = request;
        this.model = model;
        this.stream = stream;
    }

    /** Returns the fields that have no place in this API. */
    static Set<String> unmapped(ChatRequest request) {
        Set<String> lost = new TreeSet<>();
        request.settings().members().forEach((name, value) -> {
            boolean neutral = value.isNull()
                    || name.equals("n") && value.equals(JsonValue.of(1))
                    || name.endsWith("_penalty")
                            && value.number() != null
                            && value.number().signum() == 0;
            if (!SAME.contains(name) && !SAID.contains(name) && !neutral) {
                lost.add(name);
            }
        });
        return lost;
    }

    JsonObject write() {
        JsonObject settings = request.settings();
        JsonObject.Builder body = JsonObject.builder().put("model", model).put("input", input());
        SAME.forEach(name -> {
            JsonValue value = settings.get(name);
            boolean idle = name.equals("parallel_tool_calls") && request.tools().isEmpty();
            if (value != null && !value.isNull() && !idle) {
                body.put(name, value);
            }
        });
        Long most = request.maxTokens();
        if (most != null) {
            body.put("max_output_tokens", Math.max(LEAST_TOKENS, most));
        }
        JsonObject text = text(settings);
        if (!text.isEmpty()) {
            body.put("text", text);
        }
        tools(body, settings);
        List<JsonValue> include = new ArrayList<>(List.of(JsonValue.of("reasoning.encrypted_content")));
        JsonValue effort = settings.get("reasoning_effort");
        if (effort != null && effort.string() != null) {
            body.put(
                    "reasoning",
                    JsonObject.builder()
                            .put("effort", effort)
                            .put("summary", "auto")
                            .build());
        }
        if (JsonBoolean.TRUE.equals(settings.get("logprobs"))) {
            include.add(JsonValue.of("message.output_text.logprobs"));
            body.put("top_logprobs", settings.longValue("top_logprobs", 0));
        }
        body.put("store", false).put("include", new JsonArray(include));
        if (stream) {
            body.put("stream", true);
        }
        return body.build();
    }

    private static JsonObject text(JsonObject settings) {
        JsonObject.Builder text = JsonObject.builder();
        JsonValue format = settings.get("response_format");
        if (format instanceof JsonObject wanted) {
            JsonValue schema = wanted.get("json_schema");
            text.put(
                    "format",
                    schema instanceof JsonObject flat
                            ? JsonObject.builder()
                                    .put("type", "json_schema")
                                    .putAll(flat)
                                    .build()
                            : wanted);
        }
        return text.putIfPresent("verbosity", settings.string("verbosity")).build();
    }

    private void tools(JsonObject.Builder body, JsonObject settings) {
        List<JsonValue> tools = new ArrayList<>();
        for (ChatRequest.Tool tool : request.tools()) {
            JsonValue function = tool.raw().get("function");
            boolean strict = function != null && function.flag("strict", false);
            // Left out, "strict" would be on, and schemas that allow more than they list would be refused.
            tools.add(JsonObject.builder()
                    .put("type", "function")
                    .put("name", tool.name())
                    .putIfPresent("description", tool.description())
                    .put("parameters", tool.parameters())
                    .put("strict", strict)
                    .build());
        }
        if (settings.get("web_search_options") instanceof JsonObject options) {
            tools.add(JsonObject.builder()
                    .put("type", "web_search")
                    .putAll(options)
                    .build());
        }
        if (tools.isEmpty()) {
            return;
        }
        body.put("tools", new JsonArray(tools));
        JsonValue choice = settings.get("tool_choice");
        if (choice == null || choice.isNull()) {
            return;
        }
        JsonValue name = choice.at("function", "name");
        body.put(
                "tool_choice",
                name == null
                        ? choice
                        : JsonObject.builder()
                                .put("type", "function")
                                .put("name", name)
                                .build());
    }

    private JsonArray input() {
        List<JsonValue> items = new ArrayList<>();
        for (ChatMessage message : request.messages()) {
            if (message.toolCallId() != null) {
                items.add(JsonObject.builder()
                        .put("type", "function_call_output")
                        .put("call_id", message.toolCallId())
                        .put("output", message.text())
                        .build());
                continue;
            }
            thoughts(message, items);
            JsonObject said = message(message);
            if (said != null) {
                items.add(said);
            }
            for (ToolCall call : message.toolCalls()) {
                items.add(JsonObject.builder()
                        .put("type", "function_call")
                        .put("call_id", call.id())
                        .put("name", call.name())
                        .put("arguments", call.arguments())
                        .build());
            }
        }
        return new JsonArray(items);
    }

    /** Thoughts that were sealed by this kind of upstream go back sealed; others are of no use to it. */
    private static void thoughts(ChatMessage message, List<JsonValue> items) {
        for (JsonValue detail : message.extra().elements("reasoning_details")) {
            String sealed = detail.string("encrypted_content");
            if (sealed != null) {
                items.add(JsonObject.builder()
                        .put("type", "reasoning")
                        .put("summary", JsonArray.EMPTY)
                        .put("encrypted_content", sealed)
                        .build());
            }
        }
    }

    private static @Nullable JsonObject message(ChatMessage message) {
        boolean own = message.role().equals("assistant");
        List<JsonValue> parts = new ArrayList<>();
        for (ContentPart part : message.parts()) {
            parts.add(part(part, own));
        }
        if (parts.isEmpty()) {
            return null;
        }
        String role = message.role().equals("system") ? "developer" : message.role();
        return JsonObject.builder()
                .put("type", "message")
                .put("role", role)
                .put("content", new JsonArray(parts))
                .build();
    }

    private static JsonValue part(ContentPart part, boolean own) {
        ContentPart.Image image = part.image();
        if (part.text() != null) {
            return JsonObject.builder()
                    .put("type", own ? "output_text" : "input_text")
                    .put("text", part.text())
                    .build();
        }
        if (image != null) {
            return JsonObject.builder()
                    .put("type", "input_image")
                    .put("image_url", image.url())
                    .put("detail", image.detail() == null ? "auto" : image.detail())
                    .build();
        }
        if (part.raw().get("file") instanceof JsonObject file) {
            return JsonObject.builder().put("type", "input_file").putAll(file).build();
        }
        return part.raw();
    }
}
