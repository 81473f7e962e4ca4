package io.patchbay.foundation.config;

import java.util.List;

/** Thrown when the configuration cannot be used; its message lists every mistake, one a line. */
public final class ConfigException extends RuntimeException {
    private final List<String> mistakes;

    /**
     * Creates the exception.
     *
     * @param mistakes one sentence each, without secrets; not empty
     */
    public ConfigException(List<String> mistakes) {
        super(text(mistakes));
        this.mistakes = List.copyOf(mistakes);
    }

    /** Returns the mistakes in the order in which they were found. */
    public List<String> mistakes() {
        return mistakes;
    }

    private static String text(List<String> mistakes) {
        String head = mistakes.size() == 1
                ? "The configuration has a mistake:"
                : "The configuration has " + mistakes.size() + " mistakes:";
        return head + "\n  - " + String.join("\n  - ", mistakes);
    }
}
