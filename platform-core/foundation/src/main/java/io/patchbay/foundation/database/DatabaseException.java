package io.patchbay.foundation.database;

import org.jspecify.annotations.Nullable;

/** Thrown when the database refuses or fails; the message holds no values of rows. */
public final class DatabaseException extends RuntimeException {
    private final Reason reason;

    /** Why it failed, as far as a caller can act on it. */
    enum Reason {
        /** Nothing was done; a later try may succeed. */
        UNAVAILABLE,
        /** A commit was sent and its answer never came. */
        UNCERTAIN,
        /** A row with the same unique key exists. */
        DUPLICATE,
        OTHER
    }

    DatabaseException(Reason reason, String message, @Nullable Throwable cause) {
        super(message, cause);
        this.reason = reason;
    }

    /** Creates an exception that no retry helps with. */
    public DatabaseException(String message, @Nullable Throwable cause) {
        this(Reason.OTHER, message, cause);
    }

    /** Returns whether nothing was done and a later try may succeed. */
    public boolean isUnavailable() {
        return reason == Reason.UNAVAILABLE;
    }

    /** Returns whether the connection broke during a commit, so that its outcome must be looked up. */
    public boolean isUncertain() {
        return reason == Reason.UNCERTAIN;
    }

    /** Returns whether the failure is that a row with the same unique key exists. */
    public boolean isDuplicate() {
        return reason == Reason.DUPLICATE;
    }

    /**
     * Returns whether a failure, of a mapper call inside a transaction or of the transaction as a whole, is that a row
     * with the same unique key exists.
     */
    public static boolean isDuplicate(Throwable failure) {
        return failure instanceof DatabaseException e ? e.isDuplicate() : SqlFaults.isDuplicate(failure);
    }
}
