package io.patchbay.benchmarks.scenario;

import java.util.List;

/** The scenarios there are. */
public final class Scenarios {
    private Scenarios() {}

    /** Returns all, in the order in which they run. */
    public static List<Scenario> all() {
        return List.of(
                new Start(),
                new PlainMany(),
                new PlainFew(),
                new UnpacedStreams(),
                new Conversion(),
                new LargePrompts(),
                new PacedCost(),
                new PacedMemory(),
                new Swap());
    }
}
