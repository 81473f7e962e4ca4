package io.patchbay.dialects.openai;

import io.patchbay.spi.Bytes;

/** What a payload is at first sight. */
final class Payloads {
    /** A payload without substance. */
    static final int NOTHING = 0;
    /** The end marker. */
    static final int END = 1;
    /** What looks like a JSON object. */
    static final int OBJECT = 2;
    /** Anything else. */
    static final int OTHER = 3;

    private static final String MARKER = "[DONE]";

    private Payloads() {}

    /** Returns the position of the first byte that is no blank, counted in the view; its length when there is none. */
    static int begin(Bytes payload) {
        byte[] array = payload.array();
        int from = payload.offset();
        int to = from + payload.length();
        int at = from;
        while (at < to && isBlank(array[at])) {
            at++;
        }
        return at - from;
    }

    /** Returns what the payload is, given where it begins. */
    static int kind(Bytes payload, int begin) {
        if (begin == payload.length()) {
            return NOTHING;
        }
        byte first = payload.at(begin);
        if (first == '{') {
            return OBJECT;
        }
        return first == '[' && isMarker(payload, begin) ? END : OTHER;
    }

    private static boolean isMarker(Bytes payload, int begin) {
        int end = payload.length();
        while (end > begin && isBlank(payload.at(end - 1))) {
            end--;
        }
        if (end - begin != MARKER.length()) {
            return false;
        }
        for (int i = 0; i < MARKER.length(); i++) {
            if (payload.at(begin + i) != MARKER.charAt(i)) {
                return false;
            }
        }
        return true;
    }

    private static boolean isBlank(byte b) {
        return b == ' ' || b == '\t' || b == '\n' || b == '\r';
    }
}
