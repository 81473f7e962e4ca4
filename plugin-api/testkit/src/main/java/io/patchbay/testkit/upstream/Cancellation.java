package io.patchbay.testkit.upstream;

/**
 * A client that went away before its answer was complete.
 *
 * @param request what it had asked
 * @param nanoTime when that was noticed, on the scale of {@link System#nanoTime()}
 */
public record Cancellation(ReceivedRequest request, long nanoTime) {}
