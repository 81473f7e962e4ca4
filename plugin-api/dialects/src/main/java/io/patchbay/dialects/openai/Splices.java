package io.patchbay.dialects.openai;

import io.patchbay.dialects.frame.FrameOut;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Changes to a text, by position. Reusable. */
final class Splices {
    private int[] spans = new int[8];
    private byte[][] texts = new byte[4][];
    private int size;

    static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    void clear() {
        Arrays.fill(texts, 0, size, null);
        size = 0;
    }

    boolean isEmpty() {
        return size == 0;
    }

    /** Replaces a span that does not overlap any other. */
    void add(int from, int to, byte[] text) {
        if (size == texts.length) {
            texts = Arrays.copyOf(texts, size * 2);
            spans = Arrays.copyOf(spans, size * 4);
        }
        int at = size++;
        while (at > 0 && spans[2 * (at - 1)] > from) {
            spans[2 * at] = spans[2 * (at - 1)];
            spans[2 * at + 1] = spans[2 * (at - 1) + 1];
            texts[at] = texts[at - 1];
            at--;
        }
        spans[2 * at] = from;
        spans[2 * at + 1] = to;
        texts[at] = text;
    }

    /**
     * Writes the text with the changes.
     *
     * @param shift how much further back the positions lie in this array
     */
    void write(byte[] array, int from, int to, int shift, FrameOut out) {
        int at = from;
        for (int i = 0; i < size; i++) {
            int spliceFrom = spans[2 * i] - shift;
            out.piece(array, at, spliceFrom - at);
            out.piece(texts[i]);
            at = spans[2 * i + 1] - shift;
        }
        out.piece(array, at, to - at);
    }

    /** Returns the text with the changes. */
    byte[] apply(byte[] array, int from, int to) {
        int length = to - from;
        for (int i = 0; i < size; i++) {
            length += texts[i].length - (spans[2 * i + 1] - spans[2 * i]);
        }
        byte[] result = new byte[length];
        int at = from;
        int filled = 0;
        for (int i = 0; i < size; i++) {
            System.arraycopy(array, at, result, filled, spans[2 * i] - at);
            filled += spans[2 * i] - at;
            System.arraycopy(texts[i], 0, result, filled, texts[i].length);
            filled += texts[i].length;
            at = spans[2 * i + 1];
        }
        System.arraycopy(array, at, result, filled, to - at);
        return result;
    }
}
