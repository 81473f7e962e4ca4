package io.patchbay.spi.task;

/** How a task stands. The last three are final. */
public enum TaskPhase {
    QUEUED,
    RUNNING,
    SUCCEEDED,
    FAILED,
    CANCELLED;

    /** Returns whether nothing follows. */
    public boolean isFinal() {
        return this == SUCCEEDED || this == FAILED || this == CANCELLED;
    }
}
