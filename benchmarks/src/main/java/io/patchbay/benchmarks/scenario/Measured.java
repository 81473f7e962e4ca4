package io.patchbay.benchmarks.scenario;

import io.patchbay.benchmarks.load.Failures;
import io.patchbay.benchmarks.load.Phase;
import java.util.List;
import java.util.Locale;

/**
 * What was found about a side.
 *
 * @param phase all measured rounds
 * @param rounds each by itself
 * @param failures of the whole time, with warming up and ending
 * @param cpuSeconds the program used while it was measured; NaN when there is none
 * @param residentMb the most memory that was resident while it was measured; NaN when there is none
 * @param generatorBusy how much of a processor the load generator used, from 0 to 1
 * @param upstreamBusy the same of the upstream
 */
record Measured(
        String name,
        Phase phase,
        List<Phase> rounds,
        Failures failures,
        double cpuSeconds,
        double residentMb,
        double generatorBusy,
        double upstreamBusy) {
    private static final double LIMIT = 0.9;

    /** Says which of the two threads that never are what is measured was the limit; empty when none was. */
    String limitedBy() {
        String load = generatorBusy > LIMIT ? "load generator" : "";
        String vendor = upstreamBusy > LIMIT ? "upstream" : "";
        return load + (load.isEmpty() || vendor.isEmpty() ? "" : " and ") + vendor;
    }

    /** Returns the processor time of the program per complete call, in microseconds. */
    double cpuMicrosPerCall() {
        return cpuSeconds * 1e6 / phase.calls();
    }

    /** Returns the processor time of the program per content event, in microseconds. */
    double cpuMicrosPerEvent() {
        return cpuSeconds * 1e6 / phase.events();
    }

    /** Returns the calls per second of the slowest and the fastest round. */
    String range() {
        double least = rounds.stream().mapToDouble(Phase::callsPerSecond).min().orElse(Double.NaN);
        double most = rounds.stream().mapToDouble(Phase::callsPerSecond).max().orElse(Double.NaN);
        return String.format(Locale.ROOT, "%,.0f..%,.0f", least, most);
    }
}
