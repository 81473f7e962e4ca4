package io.patchbay.spi.json;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A recursive-descent reader of RFC 8259 JSON over UTF-8 bytes. Invalid UTF-8 becomes U+FFFD, as in every browser,
 * because vendors cut characters; everything else that the grammar forbids is refused.
 */
final class JsonParser {
    private static final int MAX_DEPTH = 512;

    private final byte[] in;
    private final int start;
    private final int end;
    private int at;

    JsonParser(byte[] in, int offset, int length) {
        this.in = in;
        this.start = offset;
        this.end = offset + length;
        this.at = offset;
    }

    JsonValue parse() {
        skipBlanks();
        JsonValue value = value(0);
        skipBlanks();
        if (at < end) {
            throw wrong("the end of the text");
        }
        return value;
    }

    private JsonValue value(int depth) {
        if (depth > MAX_DEPTH) {
            throw new JsonException("JSON nested more than " + MAX_DEPTH + " deep at " + place(), at - start);
        }
        if (at >= end) {
            throw wrong("a value");
        }
        return switch (in[at]) {
            case '{' -> object(depth);
            case '[' -> array(depth);
            case '"' -> new JsonString(text());
            case 't' -> word("true", JsonBoolean.TRUE);
            case 'f' -> word("false", JsonBoolean.FALSE);
            case 'n' -> word("null", JsonNull.NULL);
            default -> number();
        };
    }

    private JsonValue object(int depth) {
        at++;
        skipBlanks();
        LinkedHashMap<String, JsonValue> members = new LinkedHashMap<>();
        if (at < end && in[at] == '}') {
            at++;
            return JsonObject.EMPTY;
        }
        while (true) {
            if (at >= end || in[at] != '"') {
                throw wrong("a member name in quotes");
            }
            String name = text();
            skipBlanks();
            expect(':');
            skipBlanks();
            members.put(name, value(depth + 1));
            skipBlanks();
            if (at < end && in[at] == ',') {
                at++;
                skipBlanks();
                continue;
            }
            if (at < end && in[at] == '}') {
                at++;
                return new JsonObject(members);
            }
            throw wrong("',' or '}'");
        }
    }

    private JsonValue array(int depth) {
        at++;
        skipBlanks();
        if (at < end && in[at] == ']') {
            at++;
            return JsonArray.EMPTY;
        }
        List<JsonValue> elements = new ArrayList<>();
        while (true) {
            elements.add(value(depth + 1));
            skipBlanks();
            if (at < end && in[at] == ',') {
                at++;
                skipBlanks();
                continue;
            }
            if (at < end && in[at] == ']') {
                at++;
                return new JsonArray(elements);
            }
            throw wrong("',' or ']'");
        }
    }

    private JsonValue word(String word, JsonValue value) {
        if (end - at < word.length()) {
            throw wrong("a value");
        }
        for (int i = 0; i < word.length(); i++) {
            if (in[at + i] != word.charAt(i)) {
                throw wrong("a value");
            }
        }
        at += word.length();
        return value;
    }

    private JsonValue number() {
        int from = at;
        while (at < end && isNumberByte(in[at])) {
            at++;
        }
        String text = new String(in, from, at - from, StandardCharsets.ISO_8859_1);
        if (!isNumber(text)) {
            at = from;
            throw wrong("a value");
        }
        return new JsonNumber(text);
    }

    private static boolean isNumberByte(byte b) {
        return (b >= '0' && b <= '9') || b == '-' || b == '+' || b == '.' || b == 'e' || b == 'E';
    }

    /** Returns whether the text is a number by the grammar of RFC 8259. */
    static boolean isNumber(String text) {
        int i = 0;
        int n = text.length();
        if (i < n && text.charAt(i) == '-') {
            i++;
        }
        int digits = digits(text, i);
        if (digits == 0 || (digits > 1 && text.charAt(i) == '0')) {
            return false;
        }
        i += digits;
        if (i < n && text.charAt(i) == '.') {
            digits = digits(text, ++i);
            if (digits == 0) {
                return false;
            }
            i += digits;
        }
        if (i < n && (text.charAt(i) == 'e' || text.charAt(i) == 'E')) {
            i++;
            if (i < n && (text.charAt(i) == '+' || text.charAt(i) == '-')) {
                i++;
            }
            digits = digits(text, i);
            if (digits == 0) {
                return false;
            }
            i += digits;
        }
        return i == n;
    }

    private static int digits(String text, int from) {
        int i = from;
        while (i < text.length() && text.charAt(i) >= '0' && text.charAt(i) <= '9') {
            i++;
        }
        return i - from;
    }

    private String text() {
        int from = ++at;
        while (at < end) {
            byte b = in[at];
            if (b == '"') {
                String plain = new String(in, from, at - from, StandardCharsets.UTF_8);
                at++;
                return plain;
            }
            if (b == '\\') {
                return escapedText(from);
            }
            if (b >= 0 && b < 0x20) {
                throw wrong("no raw control character inside a string");
            }
            at++;
        }
        throw wrong("the closing quote of a string");
    }

    /** Reads on from the first backslash; {@code from} is where the string's content begins. */
    private String escapedText(int from) {
        StringBuilder text = new StringBuilder((at - from) + 32);
        int runFrom = from;
        while (at < end) {
            byte b = in[at];
            if (b == '"') {
                appendRun(text, runFrom);
                at++;
                return text.toString();
            }
            if (b == '\\') {
                appendRun(text, runFrom);
                at++;
                text.append(escape());
                runFrom = at;
                continue;
            }
            if (b >= 0 && b < 0x20) {
                throw wrong("no raw control character inside a string");
            }
            at++;
        }
        throw wrong("the closing quote of a string");
    }

    private void appendRun(StringBuilder text, int runFrom) {
        if (at > runFrom) {
            text.append(new String(in, runFrom, at - runFrom, StandardCharsets.UTF_8));
        }
    }

    private char escape() {
        if (at >= end) {
            throw wrong("an escape");
        }
        byte b = in[at++];
        return switch (b) {
            case '"', '\\', '/' -> (char) b;
            case 'b' -> '\b';
            case 'f' -> '\f';
            case 'n' -> '\n';
            case 'r' -> '\r';
            case 't' -> '\t';
            case 'u' -> unicode();
            default -> {
                at--;
                throw wrong("an escape");
            }
        };
    }

    private char unicode() {
        if (end - at < 4) {
            throw wrong("four hexadecimal digits");
        }
        int code = 0;
        for (int i = 0; i < 4; i++) {
            int digit = Character.digit(in[at + i], 16);
            if (digit < 0) {
                throw wrong("four hexadecimal digits");
            }
            code = code << 4 | digit;
        }
        at += 4;
        return (char) code;
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

    private JsonException wrong(String expected) {
        @Nullable String found = at >= end ? "the text ends" : "found " + shown(in[at]);
        return new JsonException("expected " + expected + " at " + place() + ", but " + found, at - start);
    }

    private static String shown(byte b) {
        return b > 0x20 && b < 0x7f ? "'" + (char) b + "'" : "byte 0x" + Integer.toHexString(b & 0xff);
    }

    private String place() {
        int line = 1;
        int column = 1;
        for (int i = start; i < at && i < end; i++) {
            if (in[i] == '\n') {
                line++;
                column = 1;
            } else {
                column++;
            }
        }
        return "line " + line + ", column " + column;
    }
}
