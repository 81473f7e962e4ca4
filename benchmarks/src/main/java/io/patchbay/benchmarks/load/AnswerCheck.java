package io.patchbay.benchmarks.load;

import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * Looks at an answer's body as it comes, cut anywhere, and keeps nothing of it: how many events with words, whether the
 * end was there, whether an error was told.
 */
final class AnswerCheck {
    private static final byte[] DATA = bytes("data: ");
    private static final byte[] DONE = bytes("[DONE]");
    private static final byte[] CONTENT = bytes("\"content\":\"");
    private static final byte[] ERROR = bytes("{\"error\"");

    private final boolean stream;
    private int column;
    private boolean data;
    private boolean maybeDone;
    private boolean maybeError;
    private int matched;
    private boolean words;

    private int events;
    private boolean done;
    private boolean error;
    private long length;
    private byte last;

    AnswerCheck(boolean stream) {
        this.stream = stream;
    }

    /** Begins with a new answer. */
    void reset() {
        beginLine();
        events = 0;
        done = false;
        error = false;
        length = 0;
        last = 0;
    }

    int events() {
        return events;
    }

    /** Reads on. */
    void body(byte[] bytes, int from, int to) {
        length += to - from;
        if (!stream) {
            for (int i = to - 1; i >= from; i--) {
                if (bytes[i] > ' ') {
                    last = bytes[i];
                    return;
                }
            }
            return;
        }
        for (int i = from; i < to; i++) {
            byte b = bytes[i];
            if (b == '\n') {
                endLine();
            } else if (b != '\r') {
                next(b);
            }
        }
    }

    private void next(byte b) {
        int at = column++;
        if (at < DATA.length) {
            data &= b == DATA[at];
            return;
        }
        if (!data) {
            return;
        }
        int of = at - DATA.length;
        maybeDone &= of < DONE.length && b == DONE[of];
        maybeError &= of >= ERROR.length || b == ERROR[of];
        if (matched == CONTENT.length) {
            words |= b != '"';
            matched = 0;
        }
        // The quote is the only byte a failed match can begin again with.
        if (b == CONTENT[matched]) {
            matched++;
        } else {
            matched = b == CONTENT[0] ? 1 : matched == CONTENT.length - 2 && b == CONTENT[1] ? 2 : 0;
        }
    }

    private void endLine() {
        if (data && column >= DATA.length) {
            int of = column - DATA.length;
            if (maybeDone && of == DONE.length) {
                done = true;
            } else if (maybeError && of >= ERROR.length) {
                error = true;
            } else if (words) {
                events++;
            }
        }
        beginLine();
    }

    private void beginLine() {
        column = 0;
        data = true;
        maybeDone = true;
        maybeError = true;
        matched = 0;
        words = false;
    }

    /**
     * Says what is wrong with the complete body.
     *
     * @param expected the number of events of a stream
     * @return null when nothing is
     */
    @Nullable
    FailureKind verdict(int expected) {
        if (!stream) {
            return length > 0 && last == '}' ? null : FailureKind.INCOMPLETE;
        }
        if (error) {
            return FailureKind.ERROR_EVENT;
        }
        if (!done) {
            return FailureKind.INCOMPLETE;
        }
        return events == expected ? null : FailureKind.WRONG_COUNT;
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
