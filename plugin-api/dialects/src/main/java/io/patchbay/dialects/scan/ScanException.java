package io.patchbay.dialects.scan;

/** Text that is not JSON. The message names what was expected and found, never the text itself. */
public final class ScanException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final int position;
    private final boolean cut;

    ScanException(String message, int position, boolean cut) {
        super(message, null, false, false);
        this.position = position;
        this.cut = cut;
    }

    /** Returns the position of the mistake in the array. */
    public int position() {
        return position;
    }

    /** Returns whether the text was well so far and merely ends too early. */
    public boolean cut() {
        return cut;
    }
}
