package io.patchbay.relay.exchange;

import java.util.List;

/** How keys of vendors begin, masked ones included: vendors quote a part of the key they refuse. */
final class KeyShapes {
    /**
     * A beginning.
     *
     * @param more how many characters must follow at least
     * @param telling whether a digit or an asterisk must be among them, because words of people begin so too
     */
    private record Shape(String begins, int more, boolean telling) {}

    private static final List<Shape> SHAPES = List.of(
            new Shape("sk-", 4, false),
            new Shape("AIza", 8, true),
            new Shape("AKIA", 8, true),
            new Shape("ASIA", 8, true),
            new Shape("LTAI", 8, true),
            new Shape("AKID", 8, true),
            new Shape("eyJ", 16, false),
            new Shape("gsk_", 6, true),
            new Shape("xai-", 6, true),
            new Shape("sk_", 6, true),
            new Shape("pk-", 6, true),
            new Shape("pk_", 6, true),
            new Shape("rk-", 6, true),
            new Shape("rk_", 6, true),
            new Shape("ak-", 6, true),
            new Shape("fk-", 6, true),
            new Shape("hf_", 6, true),
            new Shape("r8_", 6, true),
            new Shape("key-", 6, true),
            new Shape("org-", 6, true),
            new Shape("proj_", 6, true),
            new Shape("sess-", 6, true),
            new Shape("app-", 6, true),
            new Shape("pat_", 6, true),
            new Shape("ghp_", 6, true),
            new Shape("pplx-", 6, true),
            new Shape("nvapi-", 6, true),
            new Shape("xoxb-", 6, true),
            new Shape("xoxp-", 6, true));

    /** Whether a shape begins with that character. */
    private static final boolean[] FIRST = new boolean[128];

    static {
        SHAPES.forEach(shape -> FIRST[shape.begins().charAt(0)] = true);
    }

    private KeyShapes() {}

    /** Returns whether what stands from one place to another looks like a key. */
    static boolean isKey(String text, int from, int to) {
        char first = text.charAt(from);
        if (first >= FIRST.length || !FIRST[first]) {
            return false;
        }
        for (Shape shape : SHAPES) {
            int rest = from + shape.begins().length();
            if (to - rest >= shape.more()
                    && text.startsWith(shape.begins(), from)
                    && (!shape.telling() || isTelling(text, rest, to))) {
                return true;
            }
        }
        return false;
    }

    /** Returns whether a digit or an asterisk is in there. */
    static boolean isTelling(String text, int from, int to) {
        for (int i = from; i < to; i++) {
            char c = text.charAt(i);
            if (c == '*' || (c >= '0' && c <= '9')) {
                return true;
            }
        }
        return false;
    }
}
