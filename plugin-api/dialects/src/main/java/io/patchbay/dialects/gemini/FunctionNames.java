package io.patchbay.dialects.gemini;

import java.util.Locale;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Names of functions with characters Gemini refuses, written so that they can be read back from the name alone: the
 * answer is read without knowing the request. Gemini takes {@code [a-zA-Z_][a-zA-Z0-9_.:-]{0,63}} (Function calling,
 * read 2026-11); a name that is too long is left to its refusal.
 */
final class FunctionNames {
    private static final Pattern GOOD = Pattern.compile("[a-zA-Z_][a-zA-Z0-9_.:-]*");
    private static final Pattern WRITTEN = Pattern.compile("_x([0-9A-F]{2,5})_");

    private FunctionNames() {}

    static String write(String name) {
        if (GOOD.matcher(name).matches() && !WRITTEN.matcher(name).find()) {
            return name;
        }
        StringBuilder written = new StringBuilder();
        name.codePoints().forEach(c -> {
            boolean first = written.isEmpty();
            boolean letter = c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z';
            boolean good = letter || !first && (c >= '0' && c <= '9' || c == '.' || c == ':' || c == '-');
            if (good) {
                written.appendCodePoint(c);
            } else {
                written.append(String.format(Locale.ROOT, "_x%02X_", c));
            }
        });
        return written.toString();
    }

    static String read(String name) {
        Matcher matcher = WRITTEN.matcher(name);
        return matcher.replaceAll(FunctionNames::character);
    }

    private static String character(MatchResult found) {
        int c = Integer.parseInt(found.group(1), 16);
        return Matcher.quoteReplacement(
                Character.isValidCodePoint(c) && !Character.isISOControl(c) ? Character.toString(c) : found.group());
    }
}
