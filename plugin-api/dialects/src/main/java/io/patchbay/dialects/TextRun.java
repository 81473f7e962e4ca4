package io.patchbay.dialects;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** A growing text in UTF-8 that gives its beginning away when it must. Used by one thread at a time. */
final class TextRun {
    private static final int FIRST = 64;

    /** As far back a place is looked for where a word ends. */
    private static final int LOOK_BACK = 1_024;

    private byte[] array = new byte[FIRST];
    private int size;
    /** The first half of a pair whose second may still come; 0 for none. */
    private char half;

    int size() {
        return size;
    }

    /** Adds bytes as they are. */
    void add(byte[] from, int offset, int length) {
        room(length + 1);
        if (half != 0) {
            half = 0;
            array[size++] = '?';
        }
        System.arraycopy(from, offset, array, size, length);
        size += length;
    }

    /** Adds one UTF-16 unit; halves that find no other half become question marks. */
    void add(char c) {
        if (c < 0x80 && half == 0) {
            room(1);
            array[size++] = (byte) c;
            return;
        }
        room(7);
        if (half != 0) {
            char high = half;
            half = 0;
            if (Character.isLowSurrogate(c)) {
                put(Character.toCodePoint(high, c));
                return;
            }
            array[size++] = '?';
        }
        if (Character.isHighSurrogate(c)) {
            half = c;
        } else if (Character.isLowSurrogate(c)) {
            array[size++] = '?';
        } else {
            put(c);
        }
    }

    private void put(int code) {
        if (code < 0x80) {
            array[size++] = (byte) code;
        } else if (code < 0x800) {
            array[size++] = (byte) (0xC0 | code >> 6);
            array[size++] = (byte) (0x80 | code & 0x3F);
        } else {
            if (code < 0x10000) {
                array[size++] = (byte) (0xE0 | code >> 12);
            } else {
                array[size++] = (byte) (0xF0 | code >> 18);
                array[size++] = (byte) (0x80 | code >> 12 & 0x3F);
            }
            array[size++] = (byte) (0x80 | code >> 6 & 0x3F);
            array[size++] = (byte) (0x80 | code & 0x3F);
        }
    }

    private void room(int more) {
        if (size + more > array.length) {
            array = Arrays.copyOf(array, Math.max(size + more, array.length * 2));
        }
    }

    /** Returns all of it. */
    String text() {
        String text = new String(array, 0, size, StandardCharsets.UTF_8);
        return half == 0 ? text : text + '?';
    }

    /**
     * Gives away its beginning, up to the last place where a word ends, so that the parts count as the whole does;
     * where there is none, up to its last character.
     */
    String beginning() {
        int cut = wordEnd();
        String text = new String(array, 0, cut, StandardCharsets.UTF_8);
        System.arraycopy(array, cut, array, 0, size - cut);
        size -= cut;
        return text;
    }

    private int wordEnd() {
        for (int i = size - 1; i > 0 && i > size - LOOK_BACK; i--) {
            if (array[i] == ' ' && isLetter(array[i - 1])) {
                return i;
            }
        }
        int last = size;
        while (last > 0 && size - last < 4 && (array[last - 1] & 0xC0) == 0x80) {
            last--;
        }
        boolean opens = last > 0 && (array[last - 1] & 0xC0) == 0xC0;
        return opens && last > 1 ? last - 1 : size;
    }

    private static boolean isLetter(byte b) {
        return b >= 'a' && b <= 'z' || b >= 'A' && b <= 'Z';
    }
}
