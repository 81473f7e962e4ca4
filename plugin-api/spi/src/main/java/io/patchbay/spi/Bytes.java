package io.patchbay.spi;

import io.patchbay.spi.json.Json;
import io.patchbay.spi.json.JsonException;
import io.patchbay.spi.json.JsonValue;
import java.nio.charset.StandardCharsets;
import java.util.Objects;

/**
 * A view of bytes that somebody else owns.
 *
 * <p>Handed to a reader, it is valid until the call returns; whoever needs the bytes later takes a {@link #copy()}. The
 * conformance kit overwrites the array after each call, so that a kept view shows at once.
 */
public final class Bytes {
    public static final Bytes EMPTY = new Bytes(new byte[0], 0, 0);

    private final byte[] array;
    private final int offset;
    private final int length;

    private Bytes(byte[] array, int offset, int length) {
        this.array = array;
        this.offset = offset;
        this.length = length;
    }

    /** Returns a view of the whole array. */
    public static Bytes of(byte[] array) {
        return new Bytes(array, 0, array.length);
    }

    /**
     * Returns a view of a part of the array.
     *
     * @throws IndexOutOfBoundsException when the part is not inside the array
     */
    public static Bytes of(byte[] array, int offset, int length) {
        Objects.checkFromIndexSize(offset, length, array.length);
        return new Bytes(array, offset, length);
    }

    /** Returns a view of the text in UTF-8. */
    public static Bytes of(String text) {
        return of(text.getBytes(StandardCharsets.UTF_8));
    }

    /** Returns the number of bytes. */
    public int length() {
        return length;
    }

    /** Returns whether there are no bytes. */
    public boolean isEmpty() {
        return length == 0;
    }

    /** Returns the byte at that place, from 0. */
    public byte at(int index) {
        Objects.checkIndex(index, length);
        return array[offset + index];
    }

    /** Returns the array behind the view, to be read from {@link #offset()} on and neither written nor kept. */
    public byte[] array() {
        return array;
    }

    /** Returns where the view begins in {@link #array()}. */
    public int offset() {
        return offset;
    }

    /** Returns a view of a part of this one. */
    public Bytes slice(int from, int count) {
        Objects.checkFromIndexSize(from, count, length);
        return new Bytes(array, offset + from, count);
    }

    /** Returns the bytes in an array of their own. */
    public byte[] copy() {
        byte[] copy = new byte[length];
        System.arraycopy(array, offset, copy, 0, length);
        return copy;
    }

    /** Returns the text; invalid UTF-8 becomes U+FFFD. */
    public String utf8() {
        return new String(array, offset, length, StandardCharsets.UTF_8);
    }

    /**
     * Returns the bytes as JSON.
     *
     * @throws JsonException when they are none
     */
    public JsonValue json() {
        return Json.parse(array, offset, length);
    }

    /** Returns whether the bytes are exactly this ASCII text. */
    public boolean is(String ascii) {
        if (ascii.length() != length) {
            return false;
        }
        for (int i = 0; i < length; i++) {
            if (array[offset + i] != ascii.charAt(i)) {
                return false;
            }
        }
        return true;
    }

    /** Returns the length only: content may be somebody's prompt. */
    @Override
    public String toString() {
        return length + " bytes";
    }
}
