package io.patchbay.dialects.wire;

/** A request body that is refused. The message names the place and the rule, never the text itself. */
public final class WireException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final int offset;
    private final int line;
    private final int column;

    WireException(String message, int offset, int line, int column) {
        super(message, null, false, false);
        this.offset = offset;
        this.line = line;
        this.column = column;
    }

    /** Returns the byte position of the mistake, from 0. */
    public int offset() {
        return offset;
    }

    /** Returns the line of the mistake, from 1. */
    public int line() {
        return line;
    }

    /** Returns the column of the mistake in bytes, from 1. */
    public int column() {
        return column;
    }
}
