package io.patchbay.dialects.anthropic;

import io.patchbay.spi.chat.ChatRequest;
import io.patchbay.spi.json.JsonArray;
import io.patchbay.spi.json.JsonBoolean;
import io.patchbay.spi.json.JsonObject;
import io.patchbay.spi.json.JsonValue;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.StringJoiner;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A request of the Messages API, written from the canonical one. Whoever serves the API elsewhere takes {@code model}
 * and {@code stream} out of the body and puts a version in.
 *
 * @param body the whole body
 * @param unmapped the fields of the client's request the vendor will not see, by the client's names
 */
public record AnthropicRequest(JsonObject body, Set<String> unmapped) {
    /** Members of this API that clients of other dialects may write too. */
    private static final List<String> NATIVE =
            List.of("cache_control", "container", "context_management", "inference_geo", "mcp_servers", "speed");

    private static final Set<String> MAPPED = Set.of(
            "max_tokens",
            "max_completion_tokens",
            "temperature",
            "top_p",
            "top_k",
            "stop",
            "stop_sequences",
            "stream_options",
            "tool_choice",
            "parallel_tool_calls",
            "response_format",
            "reasoning_effort",
            "thinking",
            "output_config",
            "user",
            "safety_identifier",
            "metadata",
            "service_tier");

    private static final String ONLY_JSON = "Answer with one JSON object only, without any words around it.";
    private static final String BY_SCHEMA = ONLY_JSON + " It must be valid against this JSON schema: ";

    /** What must not be sent about a person: addresses and numbers. */
    private static final Pattern PERSONAL = Pattern.compile(".*\\S@\\S.*|\\+?[\\d ()./-]{7,}");

    public AnthropicRequest {
        unmapped = Set.copyOf(unmapped);
    }

    /**
     * Writes a request.
     *
     * @param model the model by the upstream's name, which also decides what may be said
     */
    public static AnthropicRequest of(ChatRequest request, String model, boolean stream) {
        return new Writing(request, ClaudeModel.of(model)).write(model, stream);
    }

    /** One request being written. */
    private static final class Writing {
        private final ChatRequest request;
        private final JsonObject settings;
        private final ClaudeModel model;
        private final Set<String> lost = new TreeSet<>();
        private final JsonObject.Builder body = JsonObject.builder();

        Writing(ChatRequest request, ClaudeModel model) {
            this.request = request;
            this.settings = request.settings();
            this.model = model;
        }

        AnthropicRequest write(String name, boolean stream) {
            Turns turns = Turns.of(request.messages(), model, lost);
            ToolDeclarations tools = ToolDeclarations.of(request, model, turns.called(), lost);
            ThinkingPlan plan = ThinkingPlan.of(
                    new ThinkingPlan.Wishes(
                            model, settings, request.maxTokens(), tools.forced(), turns.answersUnsignedCalls()),
                    lost);
            List<JsonObject> system = new ArrayList<>(turns.system());
            JsonObject format = format(system);
            body.put("model", name).put("max_tokens", plan.maxTokens());
            system(system);
            boolean mayContinue = model.continuesAnswers() && !plan.on() && format == null;
            body.put("messages", turns.messages(mayContinue));
            if (!tools.tools().isEmpty()) {
                body.put("tools", new JsonArray(tools.tools())).putIfPresent("tool_choice", tools.choice());
            }
            body.putIfPresent("thinking", plan.thinking());
            outputConfig(plan.effort(), format);
            sampling(plan.on());
            stop();
            about();
            NATIVE.forEach(field -> body.putIfPresent(field, given(field)));
            if (stream) {
                body.put("stream", true);
            }
            rest();
            return new AnthropicRequest(body.build(), lost);
        }

        private @Nullable JsonValue given(String field) {
            JsonValue value = settings.get(field);
            return value == null || value.isNull() ? null : value;
        }

        private void system(List<JsonObject> blocks) {
            if (blocks.isEmpty()) {
                return;
            }
            StringJoiner text = new StringJoiner("\n\n");
            for (JsonObject block : blocks) {
                String plain = Turns.plainText(block);
                if (plain == null) {
                    body.put("system", new JsonArray(List.copyOf(blocks)));
                    return;
                }
                text.add(plain);
            }
            body.put("system", text.toString());
        }

        /** Returns the form of the answer; models that cannot be bound to one are told in words. */
        private @Nullable JsonObject format(List<JsonObject> system) {
            JsonValue wanted = given("response_format");
            String type = wanted == null ? "" : wanted.string("type", "");
            JsonValue schema = wanted == null ? null : wanted.at("json_schema", "schema");
            if (type.equals("json_schema") && schema instanceof JsonObject object) {
                if (model.bindsToSchema()) {
                    return JsonObject.builder()
                            .put("type", "json_schema")
                            .put("schema", Schemas.closed(object))
                            .build();
                }
                system.add(Blocks.text(BY_SCHEMA + object.toJson()));
            } else if (type.startsWith("json")) {
                system.add(Blocks.text(ONLY_JSON));
            } else if (!type.isEmpty() && !type.equals("text")) {
                lost.add("response_format");
            }
            return null;
        }

        private void outputConfig(@Nullable String effort, @Nullable JsonObject format) {
            JsonValue given = given("output_config");
            JsonObject.Builder config = given == null ? JsonObject.builder() : given.asObject().toBuilder();
            config.putIfPresent("effort", effort).putIfPresent("format", format);
            JsonObject whole = config.build();
            if (!whole.isEmpty()) {
                body.put("output_config", whole);
            }
        }

        private void sampling(boolean thinks) {
            Double temperature = request.number("temperature");
            Double topP = request.number("top_p");
            Double topK = request.number("top_k");
            boolean free = !thinks && !model.refusesSampling();
            if (temperature != null && free) {
                body.put("temperature", JsonValue.of(Math.clamp(temperature, 0, 1)));
            } else if (temperature != null && temperature != 1) {
                lost.add("temperature");
            }
            boolean second = temperature != null && model.takesOneOfTemperatureAndTopP();
            // Thinking models take a top_p close to all.
            boolean narrow = thinks && !model.refusesSampling() && topP != null && topP >= 0.95;
            if (topP != null && (free && !second || narrow)) {
                body.put("top_p", JsonValue.of(Math.clamp(topP, 0, 1)));
            } else if (topP != null && topP < 0.99) {
                lost.add("top_p");
            }
            if (topK != null && topK >= 1 && free) {
                body.put("top_k", Math.round(topK));
            } else if (topK != null && topK >= 1) {
                lost.add("top_k");
            }
        }

        private void stop() {
            List<String> wanted = new ArrayList<>(request.stop());
            for (JsonValue sequence : settings.elements("stop_sequences")) {
                wanted.add(sequence.string() == null ? "" : sequence.string());
            }
            List<String> kept =
                    wanted.stream().filter(sequence -> !sequence.isBlank()).toList();
            if (kept.size() < wanted.size()) {
                lost.add("stop");
            }
            if (!kept.isEmpty()) {
                body.put("stop_sequences", JsonArray.ofStrings(kept));
            }
        }

        /** Writes what is about the call and not of it: who asks, and how urgent it is. */
        private void about() {
            JsonValue metadata = given("metadata");
            String user = metadata == null ? null : metadata.string("user_id");
            if (metadata != null && metadata.asObject().members().size() > (user == null ? 0 : 1)) {
                lost.add("metadata");
            }
            if (user == null) {
                user = settings.string("user") == null ? settings.string("safety_identifier") : settings.string("user");
                user = user != null && PERSONAL.matcher(user).matches()
                        ? ToolIds.hash(user).substring(0, 32)
                        : user;
            }
            if (user != null && !user.isBlank()) {
                body.put("metadata", JsonObject.builder().put("user_id", user).build());
            }
            JsonValue tier = given("service_tier");
            String name = tier == null ? "" : tier.string() == null ? "?" : tier.string();
            switch (name) {
                case "" -> {}
                case "auto", "standard_only" -> body.put("service_tier", name);
                case "default" -> body.put("service_tier", "standard_only");
                default -> lost.add("service_tier");
            }
        }

        private void rest() {
            settings.members().forEach((name, value) -> {
                if (!MAPPED.contains(name) && !NATIVE.contains(name) && !isNeutral(name, value)) {
                    lost.add(name);
                }
            });
        }

        /** Asking for what happens anyway asks for nothing. */
        private static boolean isNeutral(String name, JsonValue value) {
            if (value.isNull()) {
                return true;
            }
            return switch (name) {
                case "n" -> value.equals(JsonValue.of(1));
                case "logprobs", "store" -> value.equals(JsonBoolean.FALSE);
                case "presence_penalty", "frequency_penalty", "top_logprobs" ->
                    value.number() != null && value.number().signum() == 0;
                default -> false;
            };
        }
    }
}
