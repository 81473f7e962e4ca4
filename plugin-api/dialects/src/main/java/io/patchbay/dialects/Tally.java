package io.patchbay.dialects;

import io.patchbay.spi.Bytes;

/**
 * Counts characters by script, so that tokens can be estimated without keeping the text. Used by one thread at a time.
 *
 * <p>The estimate is meant for the case that a vendor never tells the usage. Against OpenAI's
 * o200k vocabulary it is within a quarter for prose of common languages and for program text, and errs upwards rather
 * than downwards; older vocabularies need up to half as many tokens again beside English.
 */
public final class Tally {
    // Thousandths of a token per character.
    private static final int LETTER = 240;
    private static final int DIGIT = 400;
    private static final int MARK = 600;
    private static final int BREAK = 700;
    private static final int BLANK = 30;
    private static final int CJK = 900;
    private static final int LATIN = 450;
    private static final int TWO_BYTES = 380;
    private static final int THREE_BYTES = 600;
    private static final int FOUR_BYTES = 2_200;

    private long letters;
    private long digits;
    private long marks;
    private long breaks;
    private long blanks;
    private long cjk;
    private long latin;
    private long twoBytes;
    private long threeBytes;
    private long fourBytes;

    /** Counts a text. */
    public void add(String text) {
        int length = text.length();
        for (int i = 0; i < length; i++) {
            char c = text.charAt(i);
            if (Character.isHighSurrogate(c) && i + 1 < length && Character.isLowSurrogate(text.charAt(i + 1))) {
                fourBytes++;
                i++;
            } else {
                count(c);
            }
        }
    }

    /** Counts a text in UTF-8. */
    public void add(Bytes utf8) {
        add(utf8.array(), utf8.offset(), utf8.offset() + utf8.length());
    }

    /** Counts a text in UTF-8 that is cut at characters; anything invalid counts roughly. */
    public void add(byte[] utf8, int from, int to) {
        int i = from;
        while (i < to) {
            i = one(utf8, i, to);
        }
    }

    /** Counts the content of a JSON string, which is valid and comes without its quotes, as the text it stands for. */
    public void addJson(byte[] json, int from, int to) {
        int i = from;
        while (i < to) {
            if (json[i] != '\\' || i + 1 >= to) {
                i = one(json, i, to);
                continue;
            }
            switch (json[i + 1]) {
                case 'n' -> count('\n');
                case 'r' -> count('\r');
                case 't' -> count('\t');
                case 'b' -> count('\b');
                case 'f' -> count('\f');
                case 'u' -> {
                    char c = (char) hex(json, i + 2, to);
                    i += 4;
                    if (Character.isHighSurrogate(c)
                            && i + 3 < to
                            && json[i + 2] == '\\'
                            && json[i + 3] == 'u'
                            && Character.isLowSurrogate((char) hex(json, i + 4, to))) {
                        fourBytes++;
                        i += 6;
                    } else {
                        count(c);
                    }
                }
                default -> count((char) json[i + 1]);
            }
            i += 2;
        }
    }

    /** Returns how many characters were counted. */
    public long characters() {
        return letters + digits + marks + breaks + blanks + cjk + latin + twoBytes + threeBytes + fourBytes;
    }

    /** Returns roughly how many tokens the text has; 0 only when nothing was counted. */
    public long estimateTokens() {
        long thousandths = letters * LETTER
                + digits * DIGIT
                + marks * MARK
                + breaks * BREAK
                + blanks * BLANK
                + cjk * CJK
                + latin * LATIN
                + twoBytes * TWO_BYTES
                + threeBytes * THREE_BYTES
                + fourBytes * FOUR_BYTES;
        return characters() == 0 ? 0 : Math.max(1, (thousandths + 999) / 1000);
    }

    private int one(byte[] utf8, int i, int to) {
        byte b = utf8[i];
        if (b >= 0) {
            count((char) b);
            return i + 1;
        }
        if ((b & 0xE0) == 0xC0) {
            count((char) ((b & 0x1F) << 6 | at(utf8, i + 1, to)));
            return i + 2;
        }
        if ((b & 0xF0) == 0xE0) {
            count((char) ((b & 0x0F) << 12 | at(utf8, i + 1, to) << 6 | at(utf8, i + 2, to)));
            return i + 3;
        }
        if ((b & 0xF8) == 0xF0) {
            fourBytes++;
            return i + 4;
        }
        return i + 1;
    }

    private static int at(byte[] utf8, int i, int to) {
        return i < to ? utf8[i] & 0x3F : 0;
    }

    private static int hex(byte[] json, int from, int to) {
        int code = 0;
        for (int i = from; i < from + 4 && i < to; i++) {
            code = code << 4 | Math.max(0, Character.digit(json[i], 16));
        }
        return code;
    }

    private void count(char c) {
        if (c < 0x80) {
            if (c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z') {
                letters++;
            } else if (c == ' ') {
                blanks++;
            } else if (c >= '0' && c <= '9') {
                digits++;
            } else if (c < ' ') {
                breaks++;
            } else {
                marks++;
            }
        } else if (c < 0x250) {
            latin++;
        } else if (c < 0x800) {
            twoBytes++;
        } else if (c >= 0x2E80 && c <= 0xD7FF || c >= 0xF900 && c <= 0xFAFF || c >= 0xFF00) {
            cjk++;
        } else {
            threeBytes++;
        }
    }
}
