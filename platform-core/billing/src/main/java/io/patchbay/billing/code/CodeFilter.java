package io.patchbay.billing.code;

import org.jspecify.annotations.Nullable;

/**
 * Which codes a list has.
 *
 * @param kind of which kind
 * @param search how the code or its batch begins, exactly; empty for all
 * @param used whether only those that are used up, or only the others; null for both
 */
public record CodeFilter(
        CodeKind kind, String search, @Nullable Boolean used) {
    /** Comes after every character that a code can have. */
    private static final String LAST = "\u007f";

    boolean redeem() {
        return kind == CodeKind.REDEEM;
    }

    /** Returns where texts that begin so end. A range of texts is exact, which LIKE is not on SQLite. */
    String until() {
        return search + LAST;
    }
}
