package io.patchbay.server.crash;

import org.jspecify.annotations.Nullable;

/**
 * What a client saw of one order.
 *
 * @param requestId the server's id of it; empty when no answer began
 * @param status of the answer; 0 when none began
 * @param content whether anything of content came
 * @param told the usage the client was told
 * @param endedAtNanos when that was, by {@link System#nanoTime}
 * @param problem what was said of an error, else empty
 */
record Seen(
        Order order,
        End end,
        String requestId,
        int status,
        boolean content,
        @Nullable Tokens told,
        long endedAtNanos,
        String problem) {
    /** How it ended for the client. */
    enum End {
        /** The whole answer and its end marker came. */
        COMPLETE,
        /** An error came instead of an answer. */
        REFUSED,
        /** An error came inside of a stream. */
        BROKEN,
        /** The client did not wait for the end. */
        LEFT,
        /** The connection was lost. */
        CUT,
        /** There was nobody to connect to. */
        UNSENT
    }

    /** Returns whether the user had too few credits. */
    boolean outOfCredits() {
        return status == 402;
    }
}
