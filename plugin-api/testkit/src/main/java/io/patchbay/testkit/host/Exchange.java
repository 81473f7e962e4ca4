package io.patchbay.testkit.host;

/** An answer that is still coming in. */
abstract class Exchange<E> {
    private final FlowRun<E> run;

    Exchange(FlowRun<E> run) {
        this.run = run;
    }

    final FlowRun<E> run() {
        return run;
    }

    /** Delivers the next of it, or its end. */
    abstract void step();
}
