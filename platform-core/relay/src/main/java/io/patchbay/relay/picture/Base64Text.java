package io.patchbay.relay.picture;

import java.util.Base64;
import org.jspecify.annotations.Nullable;

/** Base64 as clients write it. */
final class Base64Text {
    private Base64Text() {}

    /**
     * Returns the text in the one form every vendor takes: the standard alphabet, padded, without line breaks. A text that
     * has it already is returned itself.
     *
     * @return {@code null} when it is no base64, or nothing
     */
    static @Nullable String canonical(String text) {
        if (isCanonical(text)) {
            return text;
        }
        StringBuilder clean = new StringBuilder(text.length() + 4);
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case ' ', '\t', '\r', '\n', '=' -> {}
                case '-' -> clean.append('+');
                case '_' -> clean.append('/');
                default -> clean.append(c);
            }
        }
        while (clean.length() % 4 != 0 && clean.length() % 4 != 1) {
            clean.append('=');
        }
        String repaired = clean.toString();
        return isCanonical(repaired) ? repaired : null;
    }

    private static boolean isCanonical(String text) {
        int length = text.length();
        if (length == 0 || length % 4 != 0) {
            return false;
        }
        int end = length;
        while (end > length - 2 && text.charAt(end - 1) == '=') {
            end--;
        }
        for (int i = 0; i < end; i++) {
            if (!isDigit(text.charAt(i))) {
                return false;
            }
        }
        return true;
    }

    private static boolean isDigit(char c) {
        return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '+' || c == '/';
    }

    /** Returns the number of bytes a canonical text stands for. */
    static long decodedLength(String canonical) {
        int padding = canonical.endsWith("==") ? 2 : canonical.endsWith("=") ? 1 : 0;
        return canonical.length() / 4 * 3L - padding;
    }

    /** Returns the first bytes of a canonical text, at most so many. */
    static byte[] head(String canonical, int bytes) {
        int characters = Math.min(canonical.length(), (bytes + 2) / 3 * 4);
        return Base64.getDecoder().decode(canonical.substring(0, characters));
    }
}
