package io.patchbay.toolkit;

import io.patchbay.spi.chat.ChatCall;
import io.patchbay.spi.json.JsonBoolean;
import io.patchbay.spi.json.JsonObject;
import io.patchbay.spi.json.JsonValue;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What a client wishes of a model's thinking, however it said so: {@code reasoning_effort}, {@code reasoning},
 * {@code thinking}, {@code enable_thinking}, {@code thinking_budget}.
 *
 * @param on whether the model is to think, {@code null} when the client does not say or leaves it to the model
 * @param budget how many tokens it may think for, {@code null} when not said
 * @param effort the word of {@code reasoning_effort} or of {@code reasoning.effort}, {@code null} when not said
 */
public record ThinkingWish(
        @Nullable Boolean on,
        @Nullable Long budget,
        @Nullable String effort) {
    /** The settings such a wish is read from. */
    public static final List<String> FIELDS =
            List.of("reasoning_effort", "reasoning", "thinking", "enable_thinking", "thinking_budget");

    private static final Set<String> OFF = Set.of("none", "off", "disabled", "disable", "false");
    private static final Set<String> OPEN = Set.of("auto", "adaptive");

    /** Reads the wish of a call. */
    public static ThinkingWish of(ChatCall call) {
        return read(ChatSettings.of(call)::get);
    }

    /**
     * Reads the wish out of settings.
     *
     * @param settings gives a setting by its name; for example {@code fields::take}, so that the fields count as mapped
     */
    public static ThinkingWish read(Function<String, @Nullable JsonValue> settings) {
        String effort = text(settings.apply("reasoning_effort"));
        JsonValue reasoning = settings.apply("reasoning");
        JsonValue thinking = settings.apply("thinking");
        JsonValue flag = settings.apply("enable_thinking");
        Long budget = whole(settings.apply("thinking_budget"));
        Boolean on = flag instanceof JsonBoolean given ? given.value() : null;
        if (thinking instanceof JsonObject object) {
            on = on == null ? switched(object.string("type")) : on;
            budget = budget == null ? whole(object.get("budget_tokens")) : budget;
        } else if (thinking instanceof JsonBoolean given) {
            on = on == null ? Boolean.valueOf(given.value()) : on;
        }
        if (reasoning instanceof JsonObject object) {
            effort = effort == null ? object.string("effort") : effort;
            budget = budget == null ? whole(object.get("max_tokens")) : budget;
            on = on == null && object.get("enabled") instanceof JsonBoolean given ? Boolean.valueOf(given.value()) : on;
        }
        on = on == null ? switched(effort) : on;
        if (on == null && budget != null) {
            on = budget > 0;
        }
        return new ThinkingWish(on, budget == null || budget <= 0 ? null : budget, effort);
    }

    /**
     * Returns the wish in the form of several vendors, {@code {"type": "enabled"}} or {@code "disabled"}; {@code null}
     * when the client does not say whether to think.
     */
    public @Nullable JsonObject type() {
        return on == null
                ? null
                : JsonObject.builder().put("type", on ? "enabled" : "disabled").build();
    }

    /** Returns whether the client said anything about thinking. */
    public boolean isSaid() {
        return on != null || budget != null || effort != null;
    }

    private static @Nullable Boolean switched(@Nullable String word) {
        return word == null || OPEN.contains(word) ? null : Boolean.valueOf(!OFF.contains(word));
    }

    private static @Nullable String text(@Nullable JsonValue value) {
        return value == null ? null : value.string();
    }

    private static @Nullable Long whole(@Nullable JsonValue value) {
        return value == null || value.number() == null
                ? null
                : Long.valueOf(value.number().longValue());
    }
}
