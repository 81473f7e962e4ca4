package io.patchbay.dialects.scan;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/**
 * Walks over JSON text byte by byte and checks the whole grammar of RFC 8259, without building anything. Reusable; used
 * by one thread at a time. UTF-8 is not checked.
 *
 * <p>Objects are walked by hand: {@link #enterObject}, then while {@link #nextMember} says so, read or {@link #skip} the
 * value. Arrays likewise with {@link #enterArray} and {@link #nextElement}.
 */
public final class JsonCursor {
    /** The deepest nesting that is accepted. */
    public static final int MAX_DEPTH = 512;

    private static final VarHandle WORDS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final long ONES = 0x0101010101010101L;
    private static final long HIGHS = 0x8080808080808080L;
    private static final long QUOTES = ONES * '"';
    private static final long BACKSLASHES = ONES * '\\';
    private static final long BLANKS = ONES * ' ';

    private byte[] in = new byte[0];
    private int at;
    private int end;
    private int depth;

    private int stringFrom;
    private int stringTo;
    private boolean escaped;

    /** Starts anew at the beginning of that part of the array. */
    public void over(byte[] array, int from, int to) {
        this.in = array;
        this.at = from;
        this.end = to;
        this.depth = 0;
        skipBlanks();
    }

    /** Lets go of the array. */
    public void release() {
        over(new byte[0], 0, 0);
    }

    /** Returns where the cursor stands in the array. */
    public int at() {
        return at;
    }

    /** Returns the byte under the cursor, 0 at the end of the text. */
    public byte peek() {
        return at < end ? in[at] : 0;
    }

    /** Returns where the content of the last string or member name begins. */
    public int stringFrom() {
        return stringFrom;
    }

    /** Returns where the content of the last string or member name ends. */
    public int stringTo() {
        return stringTo;
    }

    /** Returns whether the last string or member name contains an escape. */
    public boolean escaped() {
        return escaped;
    }

    /** Returns whether the last string or member name is exactly that ASCII text; an escaped one never is. */
    public boolean stringIs(String ascii) {
        int length = ascii.length();
        if (escaped || stringTo - stringFrom != length) {
            return false;
        }
        for (int i = 0; i < length; i++) {
            if (in[stringFrom + i] != ascii.charAt(i)) {
                return false;
            }
        }
        return true;
    }

    /** Returns the last string or member name as it is written, escapes left alone. */
    public String stringText() {
        return new String(in, stringFrom, stringTo - stringFrom, StandardCharsets.UTF_8);
    }

    /** Steps into the object under the cursor. */
    public void enterObject() {
        expect('{');
        deeper();
        skipBlanks();
    }

    /**
     * Goes to the next member's value; its name is the last string.
     *
     * @param first whether no member of this object was visited yet
     * @return whether there is one; if not, the cursor is behind the object
     */
    public boolean nextMember(boolean first) {
        skipBlanks();
        if (at < end && in[at] == '}') {
            at++;
            depth--;
            return false;
        }
        if (!first) {
            if (at >= end || in[at] != ',') {
                throw wrong("',' or '}'");
            }
            at++;
            skipBlanks();
        }
        if (at >= end || in[at] != '"') {
            throw wrong("a member name in quotes");
        }
        string();
        skipBlanks();
        expect(':');
        skipBlanks();
        return true;
    }

    /** Steps into the array under the cursor. */
    public void enterArray() {
        expect('[');
        deeper();
        skipBlanks();
    }

    /**
     * Goes to the next element.
     *
     * @param first whether no element of this array was visited yet
     * @return whether there is one; if not, the cursor is behind the array
     */
    public boolean nextElement(boolean first) {
        skipBlanks();
        if (at < end && in[at] == ']') {
            at++;
            depth--;
            return false;
        }
        if (!first) {
            if (at >= end || in[at] != ',') {
                throw wrong("',' or ']'");
            }
            at++;
            skipBlanks();
        }
        return true;
    }

    /** Reads the string under the cursor and goes behind it. */
    public void string() {
        byte[] text = in;
        int stop = end;
        int i = at + 1;
        stringFrom = i;
        escaped = false;
        while (true) {
            while (i + 8 <= stop) {
                long word = (long) WORDS.get(text, i);
                long quote = word ^ QUOTES;
                long backslash = word ^ BACKSLASHES;
                long hits = (quote - ONES & ~quote) | (backslash - ONES & ~backslash) | (word - BLANKS & ~word);
                hits &= HIGHS;
                if (hits != 0) {
                    i += Long.numberOfTrailingZeros(hits) >>> 3;
                    break;
                }
                i += 8;
            }
            if (i >= stop) {
                at = stop;
                throw wrong("the closing quote of a string");
            }
            byte b = text[i];
            if (b == '"') {
                stringTo = i;
                at = i + 1;
                return;
            }
            if (b == '\\') {
                escaped = true;
                i = escape(i + 1);
            } else if (b >= 0 && b < 0x20) {
                at = i;
                throw wrong("no raw control character inside a string");
            } else {
                i++;
            }
        }
    }

    /** Goes behind the value under the cursor, whatever it is. */
    public void skip() {
        if (at >= end) {
            throw wrong("a value");
        }
        switch (in[at]) {
            case '{' -> {
                enterObject();
                boolean first = true;
                while (nextMember(first)) {
                    first = false;
                    skip();
                }
            }
            case '[' -> {
                enterArray();
                boolean first = true;
                while (nextElement(first)) {
                    first = false;
                    skip();
                }
            }
            case '"' -> string();
            case 't' -> word("true");
            case 'f' -> word("false");
            case 'n' -> word("null");
            default -> number();
        }
    }

    /** Checks that nothing but blanks follows. */
    public void finish() {
        skipBlanks();
        if (at < end) {
            throw wrong("the end of the text");
        }
    }

    private void deeper() {
        if (++depth > MAX_DEPTH) {
            throw new ScanException("JSON nested more than " + MAX_DEPTH + " deep", at - 1, false);
        }
    }

    /** Checks the escape behind a backslash; returns the position behind it. */
    private int escape(int i) {
        if (i >= end) {
            at = end;
            throw wrong("an escape");
        }
        switch (in[i]) {
            case '"', '\\', '/', 'b', 'f', 'n', 'r', 't' -> {
                return i + 1;
            }
            case 'u' -> {
                for (int k = i + 1; k < i + 5; k++) {
                    if (k >= end || Character.digit(in[k], 16) < 0) {
                        at = k;
                        throw wrong("four hexadecimal digits");
                    }
                }
                return i + 5;
            }
            default -> {
                at = i;
                throw wrong("an escape");
            }
        }
    }

    private void word(String word) {
        for (int i = 0; i < word.length(); i++) {
            if (at + i >= end || in[at + i] != word.charAt(i)) {
                at = at + i >= end ? end : at;
                throw wrong("a value");
            }
        }
        at += word.length();
    }

    private void number() {
        int from = at;
        if (at < end && in[at] == '-') {
            at++;
        }
        if (at < end && in[at] == '0') {
            at++;
        } else {
            digits(from);
        }
        if (at < end && in[at] == '.') {
            at++;
            digits(from);
        }
        if (at < end && (in[at] == 'e' || in[at] == 'E')) {
            at++;
            if (at < end && (in[at] == '+' || in[at] == '-')) {
                at++;
            }
            digits(from);
        }
        if (at < end && in[at] >= '0' && in[at] <= '9') {
            at = from;
            throw wrong("a value");
        }
    }

    private void digits(int from) {
        int start = at;
        while (at < end && in[at] >= '0' && in[at] <= '9') {
            at++;
        }
        if (at == start) {
            at = at >= end ? end : from;
            throw wrong("a value");
        }
    }

    private void expect(char c) {
        if (at >= end || in[at] != c) {
            throw wrong("'" + c + "'");
        }
        at++;
    }

    private void skipBlanks() {
        while (at < end) {
            byte b = in[at];
            if (b != ' ' && b != '\n' && b != '\r' && b != '\t') {
                return;
            }
            at++;
        }
    }

    private ScanException wrong(String expected) {
        boolean cut = at >= end;
        String found = cut ? "the text ends" : "found " + shown(in[at]);
        return new ScanException("expected " + expected + ", but " + found, at, cut);
    }

    private static String shown(byte b) {
        return b > 0x20 && b < 0x7f ? "'" + (char) b + "'" : "byte 0x" + Integer.toHexString(b & 0xff);
    }
}
