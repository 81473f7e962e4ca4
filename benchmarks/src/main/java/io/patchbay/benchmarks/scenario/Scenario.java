package io.patchbay.benchmarks.scenario;

/** Something that is measured. */
public interface Scenario {
    /** Returns the name it is chosen by. */
    String name();

    /** Returns one line about it. */
    String about();

    /** Measures and reports. */
    void run(Lab lab);
}
