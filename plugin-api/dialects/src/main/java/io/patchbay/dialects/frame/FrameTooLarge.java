package io.patchbay.dialects.frame;

/** A frame beyond the permitted size: nobody knows how much more would follow. */
public final class FrameTooLarge extends RuntimeException {
    private static final long serialVersionUID = 1L;

    FrameTooLarge(int limit) {
        super("an event of the upstream is larger than " + limit + " bytes", null, false, false);
    }
}
