package io.patchbay.relay.exchange;

/** Finds and replaces texts in ways the JDK does not offer; none backtracks by more than the value it looks for. */
final class Replacement {
    private Replacement() {}

    /** Replaces the name of a server and those of servers below it, in any case of letters. */
    static String server(String text, String value, String shown) {
        return replace(text, value, shown, false);
    }

    /** Replaces an address, in any case of letters, unless it is the beginning of another server's or another path. */
    static String address(String text, String value, String shown) {
        return replace(text, value, shown, true);
    }

    private static String replace(String text, String value, String shown, boolean address) {
        StringBuilder made = null;
        int kept = 0;
        int last = text.length() - value.length();
        int at = 0;
        while (at <= last) {
            int end = at + value.length();
            if (!text.regionMatches(true, at, value, 0, value.length()) || (address && goesOn(text, end))) {
                at++;
                continue;
            }
            made = made == null ? new StringBuilder(text.length()) : made;
            made.append(text, kept, address ? at : beginOfName(text, kept, at)).append(shown);
            kept = end;
            at = end;
        }
        return made == null ? text : made.append(text, kept, text.length()).toString();
    }

    private static int beginOfName(String text, int kept, int at) {
        int begin = at;
        while (begin > kept && isName(text.charAt(begin - 1))) {
            begin--;
        }
        return begin;
    }

    private static boolean goesOn(String text, int end) {
        if (end == text.length()) {
            return false;
        }
        char next = text.charAt(end);
        return isWord(next) || (next == '.' && end + 1 < text.length() && isWord(text.charAt(end + 1)));
    }

    private static boolean isName(char c) {
        return c < 0x80 && (isWord(c) || c == '.');
    }

    private static boolean isWord(char c) {
        return Character.isLetterOrDigit(c) || c == '-' || c == '_';
    }

    /** Returns how many characters at the end of a text are the beginning of a value, but not all of it. */
    static int begun(String text, String value) {
        int[] fallback = new int[value.length()];
        for (int i = 1, matched = 0; i < value.length(); i++) {
            while (matched > 0 && value.charAt(i) != value.charAt(matched)) {
                matched = fallback[matched - 1];
            }
            matched += value.charAt(i) == value.charAt(matched) ? 1 : 0;
            fallback[i] = matched;
        }
        int matched = 0;
        for (int i = 0; i < text.length(); i++) {
            if (matched == value.length()) {
                matched = fallback[matched - 1];
            }
            while (matched > 0 && text.charAt(i) != value.charAt(matched)) {
                matched = fallback[matched - 1];
            }
            matched += text.charAt(i) == value.charAt(matched) ? 1 : 0;
        }
        return matched == value.length() ? 0 : matched;
    }
}
