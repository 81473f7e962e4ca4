package io.patchbay.toolkit;

/**
 * Turns texts that repeat everything said so far into pieces. What was told cannot be taken back: of a text that does not
 * begin with the former one (vendors correct themselves) what stands behind the former length is told, and nothing when it
 * is shorter. One object serves one run.
 */
public final class Cumulative {
    private String told = "";

    /** Returns what is new in the text so far. */
    public String next(String soFar) {
        if (soFar.length() <= told.length()) {
            return "";
        }
        String piece = soFar.substring(told.length());
        told = soFar;
        return piece;
    }
}
