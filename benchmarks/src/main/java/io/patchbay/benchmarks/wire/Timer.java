package io.patchbay.benchmarks.wire;

import org.jspecify.annotations.Nullable;

/** Something that is due once at a time; it is its own node in the wheel, so that arming it allocates nothing. */
public abstract class Timer {
    @Nullable
    Timer next;

    @Nullable
    Timer previous;

    long tick;
    int slot = -1;

    /** Called on the loop's thread, at the deadline or up to two ticks later. It may arm itself again. */
    protected abstract void fire();

    /** Tells whether it is waiting for its deadline. */
    public final boolean armed() {
        return slot >= 0;
    }
}
