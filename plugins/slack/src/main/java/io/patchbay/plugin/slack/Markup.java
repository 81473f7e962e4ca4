package io.patchbay.plugin.slack;

import java.util.regex.Pattern;

/** Translates between Slack's mark-up and plain Markdown. */
final class Markup {
    private static final Pattern LABELLED = Pattern.compile("<(https?:[^|>]*)\\|([^>]*)>");
    private static final Pattern BARE = Pattern.compile("<(https?:[^|>]*)>");
    private static final Pattern TYPING = Pattern.compile("\\s*_Typing\u2026_\\s*$");

    private Markup() {}

    /** Returns a text in which nothing means anything to Slack, so that no prompt can mention a whole channel. */
    static String escaped(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    }

    /** Returns whether the app is still at it. */
    static boolean isTyping(String message) {
        return TYPING.matcher(message).find();
    }

    /** Returns what a message says so far. */
    static String plain(String message) {
        String text = TYPING.matcher(message).replaceFirst("");
        text = LABELLED.matcher(text).replaceAll("[$2]($1)");
        text = BARE.matcher(text).replaceAll("$1");
        return text.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&");
    }
}
