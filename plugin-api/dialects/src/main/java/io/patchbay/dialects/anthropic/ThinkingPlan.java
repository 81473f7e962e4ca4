package io.patchbay.dialects.anthropic;

import io.patchbay.spi.json.JsonObject;
import io.patchbay.spi.json.JsonValue;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * How much the model is to think, in its own words.
 *
 * @param thinking the member of that name, {@code null} for none
 * @param effort {@code output_config.effort}, {@code null} for none
 * @param maxTokens the bound of the answer, which a budget must stay below
 */
record ThinkingPlan(@Nullable JsonObject thinking, @Nullable String effort, long maxTokens) {
    /** The smallest budget, by the page on extended thinking, read 2026-11. */
    private static final long LEAST_BUDGET = 1_024;

    private static final String FIELD = "thinking";
    private static final String EFFORT_FIELD = "reasoning_effort";

    /** Returns whether the model will think by this plan. */
    boolean on() {
        return thinking != null && !thinking.string("type", "").equals("disabled");
    }

    /**
     * What the plan is made of.
     *
     * @param forced whether the client demands the call of a tool, which no thinking model can be
     * @param unsigned whether the calls that are being answered came without their thinking, which a budget demands
     */
    record Wishes(
            ClaudeModel model,
            JsonObject settings,
            @Nullable Long maxTokens,
            boolean forced,
            boolean unsigned) {
        JsonObject asked() {
            JsonValue asked = settings.get(FIELD);
            return asked == null ? JsonObject.EMPTY : asked.asObject();
        }

        /** The native name wins: who writes it means this vendor. */
        @Nullable
        String effort() {
            JsonValue config = settings.get("output_config");
            String effort = config == null ? null : config.string("effort");
            return effort == null ? settings.string(EFFORT_FIELD) : effort;
        }

        /** Returns the wanted type, {@code by effort} where only an effort is wanted, empty when nothing is said. */
        String type() {
            String effort = settings.string(EFFORT_FIELD);
            return asked().string("type", effort == null ? "" : effort.equals("none") ? "disabled" : "by effort");
        }

        /** Returns the name of the field that asks for thinking. */
        String source() {
            return asked().isEmpty() ? EFFORT_FIELD : FIELD;
        }

        long bound() {
            return Math.min(maxTokens == null ? model.usualOutput() : maxTokens, model.outputLimit());
        }

        ThinkingPlan none(@Nullable String effort) {
            return new ThinkingPlan(null, effort, bound());
        }
    }

    /** Makes the plan, and notes the fields that cannot be followed. */
    static ThinkingPlan of(Wishes wishes, Set<String> lost) {
        JsonObject asked = wishes.asked();
        String effort = wishes.effort();
        String type = wishes.type();
        ClaudeModel model = wishes.model();
        if (!model.isClaude()) {
            if (wishes.settings().string(EFFORT_FIELD) != null) {
                lost.add(EFFORT_FIELD);
            }
            return new ThinkingPlan(asked.isEmpty() ? null : asked, null, wishes.bound());
        }
        if (type.isEmpty()) {
            return wishes.none(effort(model, effort));
        }
        if (!model.thinks()) {
            if (!type.equals("disabled")) {
                lost.add(wishes.source());
            }
            return wishes.none(null);
        }
        if (type.equals("disabled")) {
            return off(wishes, lost);
        }
        if (type.equals("between_tools")) {
            return new ThinkingPlan(asked, effort(model, effort), wishes.bound());
        }
        if (wishes.forced() && !model.offSwitch().isEmpty()) {
            lost.add(wishes.source());
            return model.thinksUnasked() ? off(wishes, lost) : wishes.none(null);
        }
        boolean budgeted = type.equals("enabled") && !model.refusesBudgets();
        return model.adapts() && !budgeted ? adaptive(wishes) : budget(wishes, lost);
    }

    private static ThinkingPlan off(Wishes wishes, Set<String> lost) {
        ClaudeModel model = wishes.model();
        String type = model.offSwitch();
        if (type.isEmpty()) {
            lost.add(wishes.source());
            return wishes.none("low");
        }
        String effort = effort(model, wishes.effort());
        // Higher efforts are refused without thinking.
        boolean tooHigh = effort != null && model.thinksUnasked() && !effort.matches("low|medium|high");
        return new ThinkingPlan(
                JsonObject.builder().put("type", type).build(), tooHigh ? "high" : effort, wishes.bound());
    }

    private static ThinkingPlan adaptive(Wishes wishes) {
        JsonObject asked = wishes.asked();
        ClaudeModel model = wishes.model();
        JsonObject.Builder thinking = JsonObject.builder().put("type", "adaptive");
        // From 4.7 on nothing of the thinking is shown unless asked for.
        String display = asked.string("display");
        thinking.putIfPresent("display", display == null && model.refusesBudgets() ? "summarized" : display);
        String effort = wishes.effort();
        long budget = asked.longValue("budget_tokens", -1);
        if (effort == null && budget > 0) {
            effort = budget <= LEAST_BUDGET ? "low" : budget <= 8_192 ? "medium" : budget <= 24_576 ? "high" : "xhigh";
        }
        return new ThinkingPlan(thinking.build(), effort(model, effort), wishes.bound());
    }

    /** Thinks by a budget below the bound of the answer: the client's bound is what was reserved for the call. */
    private static ThinkingPlan budget(Wishes wishes, Set<String> lost) {
        Long wanted = wishes.maxTokens();
        if (wishes.unsigned() || wanted != null && wanted <= LEAST_BUDGET) {
            lost.add(wishes.source());
            return wishes.none(null);
        }
        JsonObject asked = wishes.asked();
        long given = asked.longValue("budget_tokens", -1);
        long budget = Math.max(LEAST_BUDGET, given > 0 ? given : usual(wishes.effort()));
        ClaudeModel model = wishes.model();
        long bound;
        if (wanted == null) {
            bound = Math.min(model.outputLimit(), budget + model.usualOutput());
            budget = Math.min(budget, bound - LEAST_BUDGET);
        } else {
            bound = wishes.bound();
            budget = Math.min(budget, given > 0 ? bound - 1 : Math.max(LEAST_BUDGET, bound / 2));
        }
        JsonObject.Builder thinking =
                JsonObject.builder().put("type", "enabled").put("budget_tokens", budget);
        thinking.putIfPresent("display", asked.string("display"));
        return new ThinkingPlan(thinking.build(), null, bound);
    }

    private static long usual(@Nullable String effort) {
        return switch (effort == null ? "medium" : effort) {
            case "minimal", "low" -> LEAST_BUDGET;
            case "high" -> 24_576;
            case "xhigh" -> 32_768;
            case "max" -> 128_000;
            default -> 8_192;
        };
    }

    private static @Nullable String effort(ClaudeModel model, @Nullable String effort) {
        if (effort == null || !model.adapts()) {
            return null;
        }
        return switch (effort) {
            case "minimal", "low" -> "low";
            case "medium", "high", "max" -> effort;
            case "xhigh" -> model.knowsExtraHighEffort() ? effort : "high";
            default -> null;
        };
    }
}
