package io.patchbay.benchmarks.scenario;

import io.patchbay.benchmarks.process.ProcFs;
import java.time.Duration;
import java.util.Collection;
import java.util.function.Consumer;
import java.util.function.DoubleSupplier;

/**
 * How long a server of Java is driven before it is measured: until its compilers have little left to do, because their
 * time would be measured too, and a server that runs for days does not spend it. At least for a while, and not for ever.
 */
final class Warming {
    /**
     * As long as the longest stream takes: most of what runs at the beginning and the end of a stream runs then only, and
     * in a window between the two the compilers would be found quiet before they have had it.
     */
    static final Duration WINDOW = Duration.ofSeconds(15);

    /** Of one processor, in a window. */
    static final double QUIET = 0.03;

    static final int LONGEST = 4;

    private final DoubleSupplier compilerSeconds;
    private final Duration least;
    private Duration took = Duration.ZERO;

    /**
     * Begins nothing yet.
     *
     * @param pids of the server
     * @param least how long it takes at least; {@link #LONGEST} times of it is the most
     */
    Warming(Collection<Long> pids, Duration least) {
        this(() -> ProcFs.compilerSeconds(pids), least);
    }

    /** As the other, for a server whose compilers have used what is told. */
    Warming(DoubleSupplier compilerSeconds, Duration least) {
        this.compilerSeconds = compilerSeconds;
        this.least = least;
    }

    /** Waits. */
    void await(Consumer<Duration> pause) {
        pause.accept(least);
        took = least;
        double before = compilerSeconds.getAsDouble();
        while (took.compareTo(least.multipliedBy(LONGEST)) < 0) {
            pause.accept(WINDOW);
            took = took.plus(WINDOW);
            double now = compilerSeconds.getAsDouble();
            if (now - before < QUIET * WINDOW.toSeconds()) {
                return;
            }
            before = now;
        }
    }

    /** Returns how long it took. */
    Duration took() {
        return took;
    }
}
