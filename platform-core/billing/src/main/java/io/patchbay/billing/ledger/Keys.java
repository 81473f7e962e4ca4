package io.patchbay.billing.ledger;

/** The texts that rows are found by: 1 to 64 printable ASCII characters, because that is what the columns hold. */
final class Keys {
    private static final int MAX_LENGTH = 64;

    private Keys() {}

    /**
     * Checks a key.
     *
     * @param what the name of the key, for the message
     * @throws IllegalArgumentException when it is empty, too long or has other characters
     */
    static void check(String what, String key) {
        if (key.isEmpty() || key.length() > MAX_LENGTH || !key.chars().allMatch(c -> c > ' ' && c < 127)) {
            throw new IllegalArgumentException(
                    "%s must have 1 to %d printable ASCII characters and no blanks".formatted(what, MAX_LENGTH));
        }
    }
}
