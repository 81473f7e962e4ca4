package io.patchbay.plugin.skylark;

import java.util.Locale;
import java.util.regex.Pattern;

/** What is known of a model by its name. An endpoint of the operator's (ep-…) may be anything that chats. */
record ArkModel(String name) {
    private static final Pattern SWITCHES = Pattern.compile("ep-.*|doubao-seed-.*|deepseek-v3-.*");
    private static final Pattern EFFORTS = Pattern.compile("doubao-seed-(1-[8-9]|[2-9]).*");
    private static final Pattern THINKS = Pattern.compile(".*thinking.*|deepseek-r1.*");

    private boolean is(Pattern pattern) {
        return pattern.matcher(name.toLowerCase(Locale.ROOT)).matches();
    }

    /** Returns whether thinking can be switched on and off. */
    boolean switchesThinking() {
        return is(SWITCHES);
    }

    /** Returns whether the effort of thinking can be said by a word. */
    boolean takesEfforts() {
        return is(EFFORTS);
    }

    boolean thinks() {
        return switchesThinking() || is(THINKS);
    }
}
