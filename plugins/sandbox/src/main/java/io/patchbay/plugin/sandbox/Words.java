package io.patchbay.plugin.sandbox;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Cuts text into words: by blanks, and Chinese by the character. Their texts joined give the original back. */
final class Words {
    private static final Pattern WORD = Pattern.compile("\\s*(?:\\p{IsHan}|[^\\s\\p{IsHan}]+)|\\s+$");

    private Words() {}

    static List<String> of(String text) {
        List<String> words = new ArrayList<>();
        Matcher matcher = WORD.matcher(text);
        while (matcher.find()) {
            words.add(matcher.group());
        }
        return words;
    }

    /** Counts without making the words: a prompt may be megabytes. */
    static long count(String text) {
        long words = 0;
        boolean inside = false;
        for (int i = 0; i < text.length(); ) {
            int c = text.codePointAt(i);
            i += Character.charCount(c);
            boolean han = Character.UnicodeScript.of(c) == Character.UnicodeScript.HAN;
            boolean letter = !han && !Character.isWhitespace(c);
            if (han || (letter && !inside)) {
                words++;
            }
            inside = letter;
        }
        return words;
    }
}
