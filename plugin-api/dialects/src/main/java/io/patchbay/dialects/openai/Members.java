package io.patchbay.dialects.openai;

import io.patchbay.dialects.scan.JsonCursor;
import io.patchbay.spi.json.Json;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;

/** A cursor that goes from member to member and minds names that two readers could understand differently. */
final class Members {
    private static final byte[] NOTHING = new byte[0];

    private final JsonCursor cursor = new JsonCursor();
    private byte[] in = NOTHING;
    private boolean lenient;
    private boolean odd;

    /** Starts anew; a lenient cursor puts up with odd names. */
    void over(byte[] array, int from, int to, boolean putUpWithOddNames) {
        in = array;
        lenient = putUpWithOddNames;
        odd = false;
        cursor.over(array, from, to);
    }

    /** Lets go of the text. */
    void release() {
        in = NOTHING;
        cursor.over(NOTHING, 0, 0);
    }

    JsonCursor cursor() {
        return cursor;
    }

    boolean odd() {
        return odd;
    }

    byte at(int position) {
        return in[position];
    }

    /** Goes to the next member; an escaped name is odd, because it could stand for any other. */
    boolean next(boolean first) {
        if (!cursor.nextMember(first)) {
            return false;
        }
        if (cursor.escaped() && !lenient) {
            odd = true;
        }
        return true;
    }

    boolean is(String name) {
        return cursor.stringIs(name);
    }

    /** Returns the first byte of the name, 0 when it is empty. */
    byte initial() {
        return cursor.stringTo() > cursor.stringFrom() ? in[cursor.stringFrom()] : 0;
    }

    /** Notes a visit; a second one to the same name is odd. */
    int see(int seen, int bit) {
        if ((seen & bit) != 0 && !lenient) {
            odd = true;
        }
        return seen | bit;
    }

    /** Goes behind the value; returns whether it is a string that is not empty. */
    boolean string() {
        if (cursor.peek() != '"') {
            cursor.skip();
            return false;
        }
        cursor.string();
        return cursor.stringTo() > cursor.stringFrom();
    }

    /** Returns the text of a string's content. */
    String text(int from, int to) {
        for (int i = from; i < to; i++) {
            if (in[i] == '\\') {
                String text = Json.parse(in, from - 1, to - from + 2).string();
                return text == null ? "" : text;
            }
        }
        return new String(in, from, to - from, StandardCharsets.UTF_8);
    }

    /** Returns a number that is not negative, cut to a whole one. */
    long number(int from, int to) {
        if (to - from > 18) {
            return tree(from, to);
        }
        long number = 0;
        for (int i = from; i < to; i++) {
            if (!isDigit(in[i])) {
                return tree(from, to);
            }
            number = number * 10 + (in[i] - '0');
        }
        return number;
    }

    private long tree(int from, int to) {
        BigDecimal number = Json.parse(in, from, to - from).number();
        if (number == null || number.precision() - number.scale() > 18) {
            return Long.MAX_VALUE;
        }
        return Math.max(0, number.longValue());
    }

    static boolean isDigit(byte b) {
        return b >= '0' && b <= '9';
    }
}
