package io.patchbay.plugin.cohere;

import java.util.regex.Pattern;

/** What a model's name tells of it. */
record Model(String name) {
    private static final Pattern UNTHINKING =
            Pattern.compile("command-a-\\d.*|command-r.*|.*vision.*|.*translate.*|.*aya.*|command|command-light.*");

    /** Returns whether the model looks at pictures. */
    boolean sees() {
        return name.contains("vision");
    }

    /** Returns whether the model can be told to think; a name nobody knows yet is a newer model's. */
    boolean thinks() {
        return !UNTHINKING.matcher(name).matches();
    }
}
