package io.patchbay.billing.code;

import io.patchbay.billing.ledger.LedgerEntry;
import io.patchbay.foundation.ids.SecureTokens;
import org.jspecify.annotations.Nullable;

/** The kinds of codes. */
public enum CodeKind {
    /** Given away; it has a type, and each user may use one code of a type. */
    GIFT(LedgerEntry.Kind.GIFT, "invitation code", "invitation", "you have already used a code of this type"),

    /** Sold; each user may use any number of them, but each code once. */
    REDEEM(LedgerEntry.Kind.REDEEM, "redeem code", "redeem code", "you have already used this redeem code");

    private static final int GIFT_RANDOM = 24;
    private static final int REDEEM_RANDOM = 32;
    private static final String REDEEM_PREFIX = "nio-";

    private final LedgerEntry.Kind line;
    private final String name;
    private final String noun;
    private final String again;

    CodeKind(LedgerEntry.Kind line, String name, String noun, String again) {
        this.line = line;
        this.name = name;
        this.noun = noun;
        this.again = again;
    }

    /** Returns the kind of the line that a use writes into the ledger. */
    LedgerEntry.Kind line() {
        return line;
    }

    /** Returns what people call such a code. */
    String title() {
        return name;
    }

    /** Returns whether a row is a code of this kind. */
    boolean fits(@Nullable String type) {
        return (type == null) == (this == REDEEM);
    }

    /** Returns a new code, which cannot be guessed. */
    String next(@Nullable String type) {
        return this == GIFT
                ? type + "-" + SecureTokens.alphanumeric(GIFT_RANDOM)
                : REDEEM_PREFIX + SecureTokens.alphanumeric(REDEEM_RANDOM);
    }

    IllegalArgumentException unknown() {
        return new IllegalArgumentException(name + " not found");
    }

    IllegalArgumentException usedUp() {
        return refused("this " + noun + " has been used");
    }

    IllegalArgumentException expired() {
        return refused("this " + noun + " has expired");
    }

    IllegalArgumentException again() {
        return refused(again);
    }

    private IllegalArgumentException refused(String why) {
        return new IllegalArgumentException("failed to use " + noun + ": " + why);
    }
}
