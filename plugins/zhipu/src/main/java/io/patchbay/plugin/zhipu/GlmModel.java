package io.patchbay.plugin.zhipu;

import java.util.Locale;
import java.util.regex.Pattern;

/**
 * What is known of a model by its name. Unknown names are taken for chat models.
 *
 * @param name as it was asked for
 */
record GlmModel(String name) {
    private static final Pattern SEES = Pattern.compile("glm-[\\d.]+v(-.*)?");
    private static final Pattern THINKS = Pattern.compile("glm-(4\\.[1-9]\\d?|[5-9]|\\d\\d).*");
    /** What an older product called {@code glm-3-turbo}. */
    private static final String OLD_TURBO = "zhipu-chatglm-turbo";

    private static final Pattern RETIRED = Pattern.compile("(zhipu-)?(chatglm|characterglm).*");

    /** Returns the name to ask for. */
    String sent() {
        return name.equals(OLD_TURBO) ? "glm-3-turbo" : name;
    }

    private boolean is(Pattern pattern) {
        return pattern.matcher(name.toLowerCase(Locale.ROOT)).matches();
    }

    boolean sees() {
        return is(SEES);
    }

    /** Returns whether pictures must not be sent as bytes. */
    boolean addressesOnly() {
        return name.equalsIgnoreCase("glm-4v-flash");
    }

    /** Returns whether thinking can be switched on and off. */
    boolean thinks() {
        return is(THINKS);
    }

    /** Returns whether only version 3 of the API, which is switched off, had this model. */
    boolean retired() {
        return !name.equals(OLD_TURBO) && is(RETIRED);
    }
}
