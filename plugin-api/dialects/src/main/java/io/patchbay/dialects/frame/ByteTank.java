package io.patchbay.dialects.frame;

import io.patchbay.spi.Bytes;
import java.util.Arrays;

/** Bytes that wait for their rest, up to a limit. Small again after use, so that an idle stream costs nothing. */
final class ByteTank {
    private static final byte[] NOTHING = new byte[0];
    private static final int KEPT = 4096;

    private final int limit;
    private byte[] array = NOTHING;
    private int size;

    ByteTank(int limit) {
        this.limit = limit;
    }

    int size() {
        return size;
    }

    byte[] array() {
        return array;
    }

    Bytes view() {
        return Bytes.of(array, 0, size);
    }

    void add(byte[] from, int offset, int length) {
        room(length);
        System.arraycopy(from, offset, array, size, length);
        size += length;
    }

    void add(byte b) {
        room(1);
        array[size++] = b;
    }

    void clear() {
        size = 0;
        if (array.length > KEPT) {
            array = NOTHING;
        }
    }

    private void room(int more) {
        if (more > limit - size) {
            throw new FrameTooLarge(limit);
        }
        int needed = size + more;
        if (needed > array.length) {
            array = Arrays.copyOf(array, (int) Math.min(limit, Math.max(256L, Math.max(needed, array.length * 2L))));
        }
    }
}
