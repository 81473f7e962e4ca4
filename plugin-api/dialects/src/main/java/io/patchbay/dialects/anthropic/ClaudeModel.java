package io.patchbay.dialects.anthropic;

import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a model takes, read from its name, because a request that says too much is refused. Names of Anthropic, Vertex
 * and Bedrock are understood ({@code claude-sonnet-4-5@20250929}, {@code us.anthropic.claude-opus-4-6-v1:0}). The rules
 * are those of Anthropic's model pages and migration guides, read 2026-11.
 *
 * @param family {@code opus}, {@code sonnet}, {@code haiku}, …; empty when the name does not say
 * @param version ten times the version, such as 45; {@link #NEWEST} for a Claude that does not say, 0 for other models
 */
public record ClaudeModel(String family, int version) {
    /** The version of a Claude whose name tells none: those were the latest ones so far. */
    public static final int NEWEST = 999;

    private static final Pattern FAMILY_FIRST =
            Pattern.compile("claude-([a-z]+)-(\\d{1,2})(?!\\d)(?:[-.](\\d{1,2})(?!\\d))?");
    private static final Pattern VERSION_FIRST =
            Pattern.compile("claude-v?(\\d{1,2})(?!\\d)(?:[-.:](\\d{1,2})(?!\\d))?(?:-([a-z]+))?");
    private static final List<String> FAMILIES = List.of("opus", "sonnet", "haiku", "fable", "mythos");

    /** Reads a name. */
    public static ClaudeModel of(String model) {
        String name = model.toLowerCase(Locale.ROOT);
        Matcher family = FAMILY_FIRST.matcher(name);
        if (family.find()) {
            return new ClaudeModel(text(family, 1), version(text(family, 2), text(family, 3)));
        }
        Matcher version = VERSION_FIRST.matcher(name);
        if (version.find()) {
            return new ClaudeModel(text(version, 3), version(text(version, 1), text(version, 2)));
        }
        if (!name.contains("claude")) {
            return new ClaudeModel("", 0);
        }
        String named = FAMILIES.stream().filter(name::contains).findFirst().orElse("");
        return new ClaudeModel(named, name.contains("instant") ? 10 : NEWEST);
    }

    private static String text(Matcher matcher, int group) {
        String text = matcher.group(group);
        return text == null ? "" : text;
    }

    private static int version(String major, String minor) {
        return Integer.parseInt(major) * 10 + (minor.isEmpty() ? 0 : Math.min(9, Integer.parseInt(minor)));
    }

    /** Returns whether this is a Claude at all; other models behind the dialect get what the client said. */
    public boolean isClaude() {
        return version > 0;
    }

    /** Returns whether the model takes pictures and documents. */
    public boolean takesPictures() {
        return !isClaude() || version >= 30;
    }

    /** Returns whether the model calls tools. */
    public boolean callsTools() {
        return !isClaude() || version >= 30;
    }

    /** Returns whether the model can think before it answers. */
    public boolean thinks() {
        return version >= 37;
    }

    /** Returns whether answers can be bound to a JSON schema. */
    public boolean bindsToSchema() {
        return version >= 45;
    }

    /** Returns whether the model decides itself how much to think, by an effort. */
    boolean adapts() {
        return version >= 46;
    }

    /** Returns whether a budget for thinking is refused. */
    boolean refusesBudgets() {
        return version >= 47;
    }

    /** Returns whether the model thinks unless it is told not to. */
    boolean thinksUnasked() {
        return version >= 50;
    }

    /** Returns the {@code thinking.type} that switches thinking off, empty when it cannot be switched off. */
    String offSwitch() {
        boolean never = family.equals("fable") || family.equals("mythos") || family.equals("opus") && version >= 55;
        if (never || version == NEWEST) {
            return "";
        }
        return family.equals("sonnet") && version >= 55 ? "between_tools" : "disabled";
    }

    /** Returns whether a call of a tool can be demanded. */
    boolean obeysToolChoice() {
        return switch (family) {
            case "fable", "mythos" -> version < 51;
            case "opus", "sonnet" -> version < 55;
            default -> true;
        };
    }

    /** Returns whether the model has an effort between high and max. */
    boolean knowsExtraHighEffort() {
        return version >= 47;
    }

    /** Returns whether temperature, top_p and top_k are refused. */
    boolean refusesSampling() {
        return version >= 47;
    }

    /** Returns whether temperature and top_p together are refused. */
    boolean takesOneOfTemperatureAndTopP() {
        return version >= 41;
    }

    /** Returns whether the model continues an answer the client has begun. */
    boolean continuesAnswers() {
        return version < 46;
    }

    /** Returns the largest answer in tokens, thinking included; unbounded for other models than Claude. */
    long outputLimit() {
        if (!isClaude()) {
            return Long.MAX_VALUE;
        }
        if (version < 37) {
            return version < 35 ? 4_096 : 8_192;
        }
        if (version == 37 || version >= 46) {
            return 128_000;
        }
        return family.equals("opus") && version < 45 ? 32_000 : 64_000;
    }

    /** Returns how long an answer may get when the client does not say, thinking not included where it has a budget. */
    long usualOutput() {
        if (version < 35) {
            return 2_500;
        }
        return adapts() ? 32_000 : 8_192;
    }
}
