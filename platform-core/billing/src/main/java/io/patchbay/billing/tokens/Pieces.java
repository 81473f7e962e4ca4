package io.patchbay.billing.tokens;

/**
 * Where a long text may be cut. Every vocabulary first splits a text into words and then merges inside each word, at a
 * cost that grows faster than the word. So texts are counted in pieces: ordinary text is cut where a word ends in any
 * vocabulary, which changes no count; a run without such a place is cut anywhere, which costs it at most a few tokens
 * a piece.
 */
final class Pieces {
    /** The longest piece in characters. */
    static final int LONGEST = 4_096;

    private Pieces() {}

    /** Returns where the piece that begins at {@code from} ends: behind {@code from}, unless the text ends there. */
    static int end(String text, int from) {
        if (text.length() - from <= LONGEST) {
            return text.length();
        }
        int most = from + LONGEST;
        for (int i = most; i > from + LONGEST / 2; i--) {
            if (isWordEnd(text.charAt(i - 1), text.charAt(i))) {
                return i;
            }
        }
        return Character.isLowSurrogate(text.charAt(most)) && Character.isHighSurrogate(text.charAt(most - 1))
                ? most - 1
                : most;
    }

    /**
     * Returns whether every vocabulary splits here: behind a letter or digit, before what continues neither. An
     * apostrophe does not split, since it may begin a contraction.
     */
    private static boolean isWordEnd(char before, char after) {
        return Character.isLetterOrDigit(before) && after != '\'' && splits(after);
    }

    private static boolean splits(char c) {
        return switch (Character.getType(c)) {
            case Character.SPACE_SEPARATOR,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR,
                    Character.CONTROL,
                    Character.CONNECTOR_PUNCTUATION,
                    Character.DASH_PUNCTUATION,
                    Character.START_PUNCTUATION,
                    Character.END_PUNCTUATION,
                    Character.INITIAL_QUOTE_PUNCTUATION,
                    Character.FINAL_QUOTE_PUNCTUATION,
                    Character.OTHER_PUNCTUATION,
                    Character.MATH_SYMBOL,
                    Character.CURRENCY_SYMBOL -> true;
            default -> false;
        };
    }
}
