package io.patchbay.testkit.host;

import io.patchbay.spi.Bytes;
import java.util.Arrays;

/** Lends bytes for one call and makes them worthless afterwards, so that a kept view shows at once. */
final class Poison {
    /** Never occurs in UTF-8, so it turns into U+FFFD wherever it is read as text. */
    static final byte BYTE = (byte) 0xFE;

    private static final int MARGIN = 3;

    private final byte[] array;
    private final Bytes view;

    private Poison(byte[] array, Bytes view) {
        this.array = array;
        this.view = view;
    }

    /** Copies the bytes; the copy does not begin at 0 of its array, because views in the host do not either. */
    static Poison lend(byte[] bytes, int offset, int length) {
        byte[] array = new byte[length + 2 * MARGIN];
        Arrays.fill(array, BYTE);
        System.arraycopy(bytes, offset, array, MARGIN, length);
        return new Poison(array, Bytes.of(array, MARGIN, length));
    }

    static Poison lend(Bytes bytes) {
        return lend(bytes.array(), bytes.offset(), bytes.length());
    }

    Bytes view() {
        return view;
    }

    void spoil() {
        Arrays.fill(array, BYTE);
    }
}
