package io.patchbay.dialects.gemini;

import io.patchbay.spi.json.JsonBoolean;
import io.patchbay.spi.json.JsonNumber;
import io.patchbay.spi.json.JsonObject;
import io.patchbay.spi.json.JsonValue;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * How much a model is to think: a budget in tokens for Gemini 2.5, a level from Gemini 3 on (Thinking, read 2026-11).
 * Clients say it by {@code reasoning_effort}, {@code thinking}, {@code reasoning}, {@code enable_thinking} or {@code
 * thinking_budget}.
 *
 * @param effort a word such as {@code low}, {@code auto} for the model's own judgement
 * @param shown whether the client wants to read the thoughts
 */
record Thinking(String effort, boolean shown) {
    private static final int MOST = 32_768;

    /** Returns {@code thinkingConfig}, or {@code null} when nothing is to be said. */
    static @Nullable JsonObject write(Fields fields, GeminiModel model) {
        JsonValue given = fields.google("thinking_config");
        Thinking wanted = read(fields);
        if (!model.thinks()) {
            if (given != null || wanted != null && !wanted.effort().equals("none")) {
                asked(fields).forEach(fields::lose);
            }
            return null;
        }
        if (given instanceof JsonObject own) {
            return own;
        }
        return wanted == null ? null : wanted.config(model);
    }

    private static List<String> asked(Fields fields) {
        return Stream.of("reasoning_effort", "thinking", "reasoning", "enable_thinking", "thinking_budget")
                .filter(name -> fields.take(name) != null)
                .toList();
    }

    private static @Nullable Thinking read(Fields fields) {
        JsonValue reasoning = fields.take("reasoning");
        JsonValue thinking = fields.take("thinking");
        JsonValue flag = fields.take("enable_thinking");
        String effort = fields.text("reasoning_effort");
        Long budget = fields.whole("thinking_budget", -1, Integer.MAX_VALUE);
        Boolean on = flag instanceof JsonBoolean given ? Boolean.valueOf(given.value()) : null;
        boolean shown = true;
        if (reasoning instanceof JsonObject object) {
            effort = object.string("effort") == null ? effort : object.string("effort");
            budget = whole(object, "max_tokens", budget);
            on = object.get("enabled") instanceof JsonBoolean given ? Boolean.valueOf(given.value()) : on;
            shown = !object.flag("exclude", false);
        }
        if (thinking instanceof JsonObject object) {
            budget = whole(object, "budget_tokens", budget);
            on = !object.string("type", "").equals("disabled");
        }
        if (on == null && budget == null && effort == null) {
            return null;
        }
        if (on != null && !on) {
            return new Thinking("none", false);
        }
        if (budget != null) {
            return new Thinking(effort(budget), shown);
        }
        return new Thinking(effort == null ? "auto" : effort, shown);
    }

    private static @Nullable Long whole(JsonObject object, String name, @Nullable Long fallback) {
        return object.get(name) instanceof JsonNumber ? Long.valueOf(object.longValue(name, 0)) : fallback;
    }

    private static String effort(long budget) {
        if (budget < 0) {
            return "auto";
        }
        return budget == 0 ? "none" : Long.toString(budget);
    }

    private JsonObject config(GeminiModel model) {
        JsonObject.Builder config = JsonObject.builder();
        if (shown && !effort.equals("none")) {
            config.put("includeThoughts", true);
        }
        if (model.isThird()) {
            String level = level(model);
            if (level != null) {
                config.put("thinkingLevel", level);
            }
        } else {
            config.put("thinkingBudget", budget(model));
        }
        return config.build();
    }

    private @Nullable String level(GeminiModel model) {
        long tokens = tokens();
        if (tokens < 0) {
            return null;
        }
        if (tokens <= 512) {
            return model.isPro() ? "low" : "minimal";
        }
        if (tokens <= 1_024) {
            return "low";
        }
        if (tokens <= 8_192) {
            // The first Gemini 3 Pro knows two levels only.
            return model.isPro() && model.version() == 30 ? "high" : "medium";
        }
        return "high";
    }

    private long budget(GeminiModel model) {
        long tokens = tokens();
        if (tokens < 0) {
            return -1;
        }
        if (model.isPro()) {
            return Math.clamp(tokens, 128, MOST);
        }
        if (tokens == 0) {
            return 0;
        }
        return Math.clamp(tokens, model.isLite() ? 512 : 1, 24_576);
    }

    /** Returns the budget an effort stands for, -1 for none in particular. */
    private long tokens() {
        return switch (effort) {
            case "none" -> 0;
            case "minimal" -> 512;
            case "low" -> 1_024;
            case "medium" -> 8_192;
            case "high" -> 24_576;
            case "xhigh", "max" -> MOST;
            default -> effort.matches("\\d{1,9}") ? Long.parseLong(effort) : -1;
        };
    }
}
