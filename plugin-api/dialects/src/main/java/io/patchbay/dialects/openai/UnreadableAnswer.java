package io.patchbay.dialects.openai;

/** A vendor's answer that does not hold what it should. The message says what is missing and never quotes the answer. */
public final class UnreadableAnswer extends RuntimeException {
    private static final long serialVersionUID = 1L;

    UnreadableAnswer(String message) {
        super(message, null, false, false);
    }
}
