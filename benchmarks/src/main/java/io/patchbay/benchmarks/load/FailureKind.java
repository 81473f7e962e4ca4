package io.patchbay.benchmarks.load;

/** How a call can fail. */
public enum FailureKind {
    /** The connection could not be made. */
    CONNECT,
    /** The status was not 200. */
    STATUS,
    /** The bytes were no HTTP. */
    MALFORMED,
    /** The connection was closed or reset before the answer was complete. */
    CUT,
    /** The answer ended properly, but without the end of its JSON or its {@code [DONE]}. */
    INCOMPLETE,
    /** The stream ended properly with another number of content events than was asked for. */
    WRONG_COUNT,
    /** The stream told an error. */
    ERROR_EVENT,
    /** It took longer than it may. */
    TIMEOUT
}
