package io.patchbay.relay.routing;

/** Holds second attempts to a share of the calls. Safe for use by many threads. */
final class HedgeBudget {
    /** So many hundredths of attempts can be saved up: a slow minute after a quiet hour is not answered by a flood. */
    private static final long MOST = 10 * 100;

    private long saved;

    synchronized void call(int percent) {
        saved = Math.min(MOST, saved + percent);
    }

    synchronized boolean take() {
        if (saved < 100) {
            return false;
        }
        saved -= 100;
        return true;
    }
}
