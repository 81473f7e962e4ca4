package io.patchbay.relay.routing;

import java.time.Duration;

/**
 * Decides when a channel fails too often: several faults in a row, or half of its calls within half a minute. Safe for use
 * by many threads.
 */
final class FaultWindow {
    private static final int IN_A_ROW = 3;
    private static final int FEWEST_CALLS = 10;
    private static final long SPAN_MS = Duration.ofSeconds(30).toMillis();

    private int row;
    private long begun;
    private int calls;
    private int faults;

    synchronized void answered(long nowMs) {
        row = 0;
        turn(nowMs);
        calls++;
    }

    /** Counts a fault; returns whether there are too many, and then starts anew. */
    synchronized boolean failed(long nowMs) {
        turn(nowMs);
        row++;
        calls++;
        faults++;
        if (row >= IN_A_ROW || (calls >= FEWEST_CALLS && faults * 2 >= calls)) {
            clear(nowMs);
            return true;
        }
        return false;
    }

    private void turn(long nowMs) {
        if (nowMs - begun > SPAN_MS) {
            begun = nowMs;
            calls = 0;
            faults = 0;
        }
    }

    private void clear(long nowMs) {
        row = 0;
        begun = nowMs;
        calls = 0;
        faults = 0;
    }
}
