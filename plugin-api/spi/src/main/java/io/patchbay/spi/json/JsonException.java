package io.patchbay.spi.json;

/** Text that is not JSON. The message names the place and what was expected, never the text itself. */
public final class JsonException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final int offset;

    JsonException(String message, int offset) {
        super(message, null, false, false);
        this.offset = offset;
    }

    /** Returns the byte position of the mistake, from 0. */
    public int offset() {
        return offset;
    }
}
