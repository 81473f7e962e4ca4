package io.patchbay.dialects.openai;

import java.util.Arrays;

/** What a scan found in the choices: triples of a kind and two numbers, mostly a span of the text. */
final class Findings {
    /** A choice begins; index and the position of its opening brace. */
    static final int CHOICE = 0;
    /** Content of a string of visible text or refusal. */
    static final int TEXT = 1;
    /** A content array. */
    static final int PARTS = 2;
    /** Content of {@code reasoning_content}. */
    static final int REASONING_CONTENT = 3;
    /** Content of {@code reasoning}. */
    static final int REASONING = 4;
    /** A tool call begins; its index, or {@link #NO_INDEX}. */
    static final int CALL = 5;
    /** Content of a call's id. */
    static final int CALL_ID = 6;
    /** Content of a call's name. */
    static final int CALL_NAME = 7;
    /** Content of a call's arguments. */
    static final int CALL_TEXT = 8;
    /** Arguments that are an object in place of a string. */
    static final int CALL_TREE = 9;
    /** Audio or images. */
    static final int MEDIA = 10;
    /** Content of an empty role. */
    static final int NO_ROLE = 11;
    /** A choice without a delta object; the span of what is there in its place, or twice 0. */
    static final int NO_DELTA = 12;
    /** Content of the finish reason of the choice that ends with this. */
    static final int FINISH = 13;

    private int[] found = new int[48];
    private int size;

    void clear() {
        size = 0;
    }

    int size() {
        return size;
    }

    int kind(int i) {
        return found[3 * i];
    }

    int a(int i) {
        return found[3 * i + 1];
    }

    int b(int i) {
        return found[3 * i + 2];
    }

    /** Adds a finding and returns its place. */
    int add(int kind, int a, int b) {
        if (3 * size + 3 > found.length) {
            found = Arrays.copyOf(found, found.length * 2);
        }
        found[3 * size] = kind;
        found[3 * size + 1] = a;
        found[3 * size + 2] = b;
        return size++;
    }

    /** Sets the first number of a finding that was added before it was known. */
    void a(int i, int value) {
        found[3 * i + 1] = value;
    }
}
