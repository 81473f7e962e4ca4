package io.patchbay.dialects.gemini;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a model of Google's can do, as far as its name tells. Of a name nobody knows nothing is assumed, so that a
 * request stays what every model takes.
 *
 * @param name without the collection in front, in lower case
 * @param version ten times the version of Gemini, such as 25 for 2.5; 0 for other and unknown models
 */
public record GeminiModel(String name, int version) {
    private static final Pattern VERSION = Pattern.compile("gemini-(\\d{1,2})(?:\\.(\\d))?(?:-.*)?");
    private static final Pattern LATEST = Pattern.compile("gemini-(?:pro|flash|flash-lite)-latest");
    private static final Pattern FIRST = Pattern.compile("gemini-(?:pro|ultra)(?:-vision)?(?:-001)?");

    /** What the moving names stand for at least; what differs between newer versions is not asked by number. */
    private static final int NEWEST = 35;

    /** Returns what is known of a model, by its name with or without {@code models/} or a publisher in front. */
    public static GeminiModel of(String model) {
        String name = model.substring(model.lastIndexOf('/') + 1).toLowerCase(Locale.ROOT);
        Matcher matcher = VERSION.matcher(name);
        if (matcher.matches()) {
            int minor = matcher.group(2) == null ? 0 : Integer.parseInt(matcher.group(2));
            return new GeminiModel(name, Integer.parseInt(matcher.group(1)) * 10 + minor);
        }
        if (LATEST.matcher(name).matches()) {
            return new GeminiModel(name, NEWEST);
        }
        return new GeminiModel(name, FIRST.matcher(name).matches() ? 10 : 0);
    }

    /** Returns whether this is Gemini 3 or newer, which wants thought signatures back and mixes tools of both kinds. */
    public boolean isThird() {
        return version >= 30;
    }

    /** Returns whether JSON Schema is taken as it is; older and unknown models take a part of OpenAPI's only. */
    public boolean takesJsonSchema() {
        return version >= 25;
    }

    /** Returns whether this is an open Gemma model, which has neither a system instruction nor tools. */
    public boolean isGemma() {
        return name.startsWith("gemma-");
    }

    /** Returns whether it answers with pictures in a chat. */
    public boolean makesPictures() {
        return name.startsWith("gemini-") && name.contains("-image");
    }

    /** Returns whether it answers with speech. */
    public boolean speaks() {
        return name.startsWith("gemini-") && name.contains("-tts");
    }

    /** Returns whether this is an Imagen model, which makes pictures and does not chat. */
    public boolean isImagen() {
        return name.startsWith("imagen");
    }

    /** Returns whether it turns texts into vectors. */
    public boolean embeds() {
        return name.contains("embedding") || name.startsWith("embedding-");
    }

    /** Returns whether it belongs to PaLM 2, which Google has switched off. */
    public boolean isPalm() {
        return name.startsWith("chat-bison") || name.startsWith("text-bison") || name.startsWith("embedding-gecko");
    }

    /** Returns whether pictures are taken: by all chat models but the first Gemini Pro and speech. */
    public boolean takesPictures() {
        boolean blind = name.equals("gemini-pro") || name.startsWith("gemini-1.0-pro") && !name.contains("vision");
        return !blind && !isImagen() && !embeds() && !isPalm() && !speaks() && !name.startsWith("gemma-3-1b");
    }

    /** Returns whether it thinks before it answers, and lets itself be told how much. */
    public boolean thinks() {
        return version >= 25 && !makesPictures() && !speaks() && !embeds();
    }

    /** Returns whether it is one of the large models, which cannot stop thinking. */
    boolean isPro() {
        return name.contains("-pro");
    }

    /** Returns whether it is one of the smallest models. */
    boolean isLite() {
        return name.contains("-lite");
    }
}
