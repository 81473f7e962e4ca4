package io.patchbay.dialects.fault;

import java.util.regex.Pattern;

/** Makes a vendor's words fit to be shown: one line, bounded, without what identifies the account. */
final class CleanText {
    static final int MAX = 500;
    /** More than this is never looked at. */
    private static final int MAX_READ = 4_000;

    private static final Pattern TAGS = Pattern.compile("<[^<>]{0,400}>");
    private static final Pattern URL =
            Pattern.compile("\\b(?:https?|wss?)://[^\\s\"'<>)\\]]{1,2000}", Pattern.CASE_INSENSITIVE);
    private static final Pattern KEY = Pattern.compile(
            "\\b(?:sk|pk|rk|gsk|xai|sess|org|proj|key|ak|pplx|r8|hf|nvapi)[-_][A-Za-z0-9*_.\\-\u2026]{6,300}|\\bAIza[A-Za-z0-9_\\-*]{8,100}");
    private static final Pattern BEARER = Pattern.compile("(?i)\\bbearer\\s+[A-Za-z0-9._~+/*=-]{6,2000}");
    private static final Pattern ADDRESS = Pattern.compile("\\b\\d{1,3}(?:\\.\\d{1,3}){3}(?::\\d{1,5})?\\b");

    private CleanText() {}

    static String of(String words) {
        String text = words.length() > MAX_READ ? words.substring(0, MAX_READ) : words;
        text = TAGS.matcher(text).replaceAll(" ");
        text = URL.matcher(text).replaceAll("(link)");
        text = BEARER.matcher(text).replaceAll("***");
        text = KEY.matcher(text).replaceAll("***");
        text = ADDRESS.matcher(text).replaceAll("(address)");
        return cut(oneLine(text));
    }

    private static String oneLine(String text) {
        StringBuilder line = new StringBuilder(text.length());
        boolean blank = true;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            boolean gone = Character.isISOControl(c)
                    || Character.isWhitespace(c)
                    || Character.getType(c) == Character.FORMAT
                    || c == '\u2028'
                    || c == '\u2029'
                    || c == '\u00a0';
            if (!gone) {
                line.append(c);
                blank = false;
            } else if (!blank) {
                line.append(' ');
                blank = true;
            }
        }
        int length = line.length();
        if (length > 0 && line.charAt(length - 1) == ' ') {
            line.setLength(length - 1);
        }
        return line.toString();
    }

    private static String cut(String text) {
        if (text.length() <= MAX) {
            return text;
        }
        int end = MAX - 1;
        if (Character.isHighSurrogate(text.charAt(end - 1))) {
            end--;
        }
        return text.substring(0, end) + "…";
    }
}
