package io.patchbay.benchmarks.scenario;

import java.time.Duration;

/**
 * How long things take.
 *
 * @param warmup of a server that has just started, at least; see {@link Warming}
 * @param settle before each measuring, of everything
 * @param measure each measuring
 * @param rounds how often each way is measured, in turn
 * @param quick whether it is only for a look
 */
public record Pace(Duration warmup, Duration settle, Duration measure, int rounds, boolean quick) {
    /** For figures. */
    public static final Pace FULL =
            new Pace(Duration.ofSeconds(30), Duration.ofSeconds(2), Duration.ofSeconds(10), 3, false);

    /** For a look. */
    public static final Pace QUICK =
            new Pace(Duration.ofSeconds(8), Duration.ofSeconds(1), Duration.ofSeconds(4), 2, true);

    @Override
    public String toString() {
        return (quick ? "quick: " : "") + "warm-up " + warmup.toSeconds() + " to "
                + warmup.toSeconds() * Warming.LONGEST + " s, until the compilers take less than "
                + Math.round(100 * Warming.QUIET) + " % of a processor in " + Warming.WINDOW.toSeconds() + " s; "
                + rounds + " rounds of "
                + measure.toSeconds() + " s after " + settle.toSeconds() + " s to settle";
    }
}
