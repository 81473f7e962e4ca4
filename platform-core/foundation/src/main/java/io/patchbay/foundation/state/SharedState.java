package io.patchbay.foundation.state;

import java.time.InstantSource;

/** The state that several nodes share. */
public record SharedState(Counters counters, Bus bus, Locks locks) {

    /** Returns state for a single node, which is forgotten when the process ends. */
    public static SharedState inProcess(InstantSource clock) {
        return new SharedState(new InProcessCounters(clock), new InProcessBus(), new InProcessLocks(clock));
    }
}
