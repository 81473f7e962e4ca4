package io.patchbay.dialects.gemini;

import io.patchbay.spi.chat.ChatRequest.Tool;
import io.patchbay.spi.json.Json;
import io.patchbay.spi.json.JsonArray;
import io.patchbay.spi.json.JsonObject;
import io.patchbay.spi.json.JsonString;
import io.patchbay.spi.json.JsonValue;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Writes the tools: functions of the client, and Google's own such as its search. */
final class Tools {
    /** Names of Google's own tools as clients write them. */
    private static final Map<String, String> OWN = Map.ofEntries(
            Map.entry("googleSearch", "googleSearch"),
            Map.entry("google_search", "googleSearch"),
            Map.entry("web_search", "googleSearch"),
            Map.entry("urlContext", "urlContext"),
            Map.entry("url_context", "urlContext"),
            Map.entry("codeExecution", "codeExecution"),
            Map.entry("code_execution", "codeExecution"),
            Map.entry("googleMaps", "googleMaps"),
            Map.entry("google_maps", "googleMaps"),
            Map.entry("fileSearch", "fileSearch"),
            Map.entry("file_search", "fileSearch"));

    /** A tool of free text, as a function gets it. */
    private static final JsonObject FREE_TEXT = Json.parse(
                    "{\"type\":\"object\",\"properties\":{\"input\":{\"type\":\"string\"}},\"required\":[\"input\"]}")
            .asObject();

    private final Fields fields;
    private final GeminiModel model;
    private final List<JsonValue> functions = new ArrayList<>();
    private final Map<String, JsonValue> own = new LinkedHashMap<>();

    private Tools(Fields fields, GeminiModel model) {
        this.fields = fields;
        this.model = model;
    }

    /** Writes {@code tools} and {@code toolConfig}; returns whether there are functions among them. */
    static boolean write(Fields fields, GeminiModel model, JsonObject.Builder body) {
        Tools tools = new Tools(fields, model);
        fields.request().tools().forEach(tools::read);
        if (fields.take("web_search_options") != null) {
            tools.own.putIfAbsent("googleSearch", JsonObject.EMPTY);
        }
        tools.body(body);
        return !tools.functions.isEmpty();
    }

    private void read(Tool tool) {
        String type = tool.raw().string("type", "");
        for (Map.Entry<String, String> known : OWN.entrySet()) {
            if (tool.raw().get(known.getKey()) instanceof JsonObject settings) {
                own.put(known.getValue(), settings);
                return;
            }
        }
        String builtIn = builtIn(type, tool.name());
        if (builtIn != null) {
            own.put(builtIn, JsonObject.EMPTY);
        } else if (!tool.name().isEmpty()) {
            functions.add(function(tool, type));
        } else {
            fields.lose("tools");
        }
    }

    /** Clients that know functions only ask for Google's own tools by a function of just that name. */
    private static @Nullable String builtIn(String type, String name) {
        if (type.startsWith("web_search")) {
            return "googleSearch";
        }
        if (!type.equals("function")) {
            return OWN.get(type);
        }
        String known = OWN.get(name);
        return known != null && known.equals(name) ? known : null;
    }

    private JsonObject function(Tool tool, String type) {
        JsonObject.Builder function = JsonObject.builder()
                .put("name", FunctionNames.write(tool.name()))
                .putIfPresent("description", tool.description());
        JsonObject parameters = type.equals("custom") ? FREE_TEXT : tool.parameters();
        if (model.takesJsonSchema()) {
            JsonObject schema = References.inlined(parameters);
            if (hasProperties(schema)) {
                function.put("parametersJsonSchema", schema);
            }
        } else {
            JsonObject schema = OpenApiSchema.of(parameters);
            if (hasProperties(schema)) {
                function.put("parameters", schema);
            }
        }
        return function.build();
    }

    /** An object without properties is refused by some models where nothing at all is well. */
    private static boolean hasProperties(JsonObject schema) {
        return schema.get("properties") instanceof JsonObject properties
                ? !properties.isEmpty()
                : !schema.isEmpty() && !"object".equals(schema.string("type"));
    }

    private void body(JsonObject.Builder body) {
        JsonValue choice = fields.take("tool_choice");
        JsonValue parallel = fields.take("parallel_tool_calls");
        if (model.isGemma() && !(functions.isEmpty() && own.isEmpty())) {
            fields.lose("tools");
            functions.clear();
            return;
        }
        if (!functions.isEmpty() && parallel != null && parallel.equals(JsonValue.of(false))) {
            fields.lose("parallel_tool_calls");
        }
        if (!functions.isEmpty() && !own.isEmpty() && !model.isThird()) {
            // Before Gemini 3 the two kinds exclude each other; the client's program depends on its functions.
            fields.lose(fields.request().settings().has("web_search_options") ? "web_search_options" : "tools");
            own.clear();
        }
        List<JsonValue> tools = new ArrayList<>();
        if (!functions.isEmpty()) {
            tools.add(JsonObject.builder()
                    .put("functionDeclarations", new JsonArray(functions))
                    .build());
        }
        own.forEach((name, settings) ->
                tools.add(JsonObject.builder().put(name, settings).build()));
        if (!tools.isEmpty()) {
            body.put("tools", new JsonArray(tools));
        }
        JsonObject.Builder config = JsonObject.builder();
        if (choice != null && !functions.isEmpty()) {
            JsonObject mode = choice(choice);
            if (mode == null) {
                fields.lose("tool_choice");
            } else {
                config.put("functionCallingConfig", mode);
            }
        }
        if (!functions.isEmpty() && !own.isEmpty()) {
            config.put("includeServerSideToolInvocations", true);
        }
        JsonObject written = config.build();
        if (!written.isEmpty()) {
            body.put("toolConfig", written);
        }
    }

    private static @Nullable JsonObject choice(JsonValue choice) {
        String word = choice.string() == null ? choice.string("type", "") : choice.string();
        JsonValue allowed = choice.get("allowed_tools");
        return switch (word) {
            case "none" -> mode("NONE", List.of());
            case "auto" -> mode("AUTO", List.of());
            case "required", "any" -> mode("ANY", List.of());
            case "function", "custom", "tool" -> named(choice);
            case "allowed_tools" -> allowed(allowed == null ? choice : allowed);
            default -> null;
        };
    }

    private static @Nullable JsonObject named(JsonValue choice) {
        JsonValue inner = choice.get("function") == null ? choice.get("custom") : choice.get("function");
        String name = (inner == null ? choice : inner).string("name");
        return name == null ? null : mode("ANY", List.of(name));
    }

    private static JsonObject allowed(JsonValue allowed) {
        List<String> names = new ArrayList<>();
        for (JsonValue tool : allowed.elements("tools")) {
            String name = tool.string("name");
            JsonValue nested = tool.at("function", "name");
            String found = name == null && nested != null ? nested.string() : name;
            if (found != null) {
                names.add(found);
            }
        }
        // The only mode besides ANY that takes names; it leaves the model free to answer in words.
        return mode("required".equals(allowed.string("mode")) ? "ANY" : "VALIDATED", names);
    }

    private static JsonObject mode(String mode, List<String> names) {
        JsonObject.Builder config = JsonObject.builder().put("mode", mode);
        if (!names.isEmpty()) {
            List<JsonValue> written = new ArrayList<>();
            names.forEach(name -> written.add(new JsonString(FunctionNames.write(name))));
            config.put("allowedFunctionNames", new JsonArray(written));
        }
        return config.build();
    }
}
