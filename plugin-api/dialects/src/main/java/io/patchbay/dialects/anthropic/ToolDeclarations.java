package io.patchbay.dialects.anthropic;

import io.patchbay.spi.chat.ChatRequest;
import io.patchbay.spi.json.JsonArray;
import io.patchbay.spi.json.JsonBoolean;
import io.patchbay.spi.json.JsonObject;
import io.patchbay.spi.json.JsonValue;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The tools of a request and the choice among them.
 *
 * @param tools the member of that name, empty for none
 * @param choice {@code tool_choice}, {@code null} for none
 */
record ToolDeclarations(List<JsonValue> tools, @Nullable JsonObject choice) {
    /** The vendor's own tools carry a date, such as {@code web_search_20250305}. */
    private static final Pattern BUILT_IN = Pattern.compile("[a-z_]+_20\\d{6}");

    private static final List<String> EXTENSIONS =
            List.of("cache_control", "defer_loading", "eager_input_streaming", "input_examples", "allowed_callers");

    /** Returns whether a call is demanded. */
    boolean forced() {
        String type = choice == null ? "" : choice.string("type", "");
        return type.equals("any") || type.equals("tool");
    }

    /**
     * Reads the tools of a request, and notes what cannot be mapped.
     *
     * @param called tools the conversation already called, which must be declared even if they may not be called again
     */
    static ToolDeclarations of(ChatRequest request, ClaudeModel model, Set<String> called, Set<String> lost) {
        JsonValue wanted = request.toolChoice();
        Set<String> allowed = allowed(wanted);
        List<JsonValue> tools = new ArrayList<>();
        for (ChatRequest.Tool tool : request.tools()) {
            JsonObject declared = declaration(tool, model, lost);
            if (declared == null) {
                lost.add("tools");
            } else if (allowed.isEmpty() || allowed.contains(declared.string("name", ""))) {
                tools.add(declared);
            }
        }
        if (!tools.isEmpty()) {
            return new ToolDeclarations(tools, choice(wanted, request, model, lost));
        }
        if (called.isEmpty()) {
            return new ToolDeclarations(List.of(), null);
        }
        for (String name : called) {
            tools.add(JsonObject.builder()
                    .put("name", name)
                    .put("input_schema", Schemas.input(JsonObject.EMPTY))
                    .build());
        }
        return new ToolDeclarations(
                tools, JsonObject.builder().put("type", "none").build());
    }

    private static @Nullable JsonObject declaration(ChatRequest.Tool tool, ClaudeModel model, Set<String> lost) {
        JsonObject raw = tool.raw();
        String type = raw.string("type", "function");
        if (BUILT_IN.matcher(type).matches() || raw.get("input_schema") != null && raw.string("name") != null) {
            return raw;
        }
        boolean custom = type.equals("custom");
        if (tool.name().isEmpty() || !custom && !type.equals("function")) {
            return null;
        }
        JsonObject.Builder declared = JsonObject.builder().put("name", tool.name());
        declared.putIfPresent("description", tool.description());
        declared.put("input_schema", custom ? freeText() : Schemas.input(tool.parameters()));
        if (custom) {
            // A free text comes back as the one argument of a function.
            lost.add("tools.custom");
        }
        JsonValue function = raw.get("function");
        if (function != null && function.flag("strict", false)) {
            if (model.bindsToSchema()) {
                declared.put("strict", true);
            } else {
                lost.add("tools.strict");
            }
        }
        for (String extension : EXTENSIONS) {
            JsonValue value = raw.get(extension);
            declared.putIfPresent(extension, value == null && function != null ? function.get(extension) : value);
        }
        return declared.build();
    }

    private static JsonObject freeText() {
        return JsonObject.builder()
                .put("type", "object")
                .put(
                        "properties",
                        JsonObject.builder()
                                .put(
                                        "input",
                                        JsonObject.builder()
                                                .put("type", "string")
                                                .build())
                                .build())
                .put("required", JsonArray.ofStrings(List.of("input")))
                .build();
    }

    /** Returns the names a choice among allowed tools leaves, empty when it leaves all. */
    private static Set<String> allowed(@Nullable JsonValue wanted) {
        Set<String> names = new HashSet<>();
        JsonValue allowed = wanted == null ? null : wanted.get("allowed_tools");
        if (allowed != null) {
            for (JsonValue tool : allowed.elements("tools")) {
                JsonValue function = tool.get("function");
                names.add((function == null ? tool : function).string("name", ""));
            }
        }
        return names;
    }

    private static @Nullable JsonObject choice(
            @Nullable JsonValue wanted, ChatRequest request, ClaudeModel model, Set<String> lost) {
        JsonObject choice = read(wanted);
        String type = choice == null ? "" : choice.string("type", "");
        if ((type.equals("any") || type.equals("tool")) && !model.obeysToolChoice()) {
            lost.add("tool_choice");
            choice = JsonObject.builder().put("type", "auto").build();
        }
        if (JsonBoolean.FALSE.equals(request.settings().get("parallel_tool_calls")) && !type.equals("none")) {
            JsonObject.Builder single = choice == null ? JsonObject.builder().put("type", "auto") : choice.toBuilder();
            return single.put("disable_parallel_tool_use", true).build();
        }
        return choice;
    }

    private static @Nullable JsonObject read(@Nullable JsonValue wanted) {
        if (wanted == null || wanted.isNull()) {
            return null;
        }
        JsonValue allowed = wanted.get("allowed_tools");
        String word = allowed == null ? wanted.string() : allowed.string("mode", "auto");
        if (word == null) {
            JsonValue named = wanted.get("function") == null ? wanted.get("custom") : wanted.get("function");
            String name = named == null ? wanted.string("name") : named.string("name");
            if (name != null) {
                return JsonObject.builder()
                        .put("type", "tool")
                        .put("name", name)
                        .build();
            }
            word = wanted.string("type", "auto");
        }
        return switch (word) {
            case "required", "any" -> JsonObject.builder().put("type", "any").build();
            case "none" -> JsonObject.builder().put("type", "none").build();
            default -> JsonObject.builder().put("type", "auto").build();
        };
    }
}
