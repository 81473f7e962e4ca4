package io.patchbay.dialects;

/** Counts the tokens of a text as a model does. What counts is the host's affair; nothing here knows a vocabulary. */
@FunctionalInterface
public interface TokenCount {
    /** Returns how many tokens the text has, 0 for an empty one. Must not throw, and must not keep the text. */
    long of(String text);
}
