package io.patchbay.benchmarks.scenario;

import io.patchbay.benchmarks.load.Failures;
import io.patchbay.benchmarks.load.Load;
import io.patchbay.benchmarks.load.Phase;
import io.patchbay.benchmarks.process.ProcFs;
import io.patchbay.benchmarks.process.Program;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Measures several sides in turn, so that what disturbs the machine disturbs all of them. */
final class Comparison {
    private static final Duration PATIENCE = Duration.ofSeconds(90);
    private static final Duration LOOK = Duration.ofMillis(200);

    /** What is known of a side so far. */
    private static final class Tally {
        final Side side;
        final List<Phase> phases = new ArrayList<>();
        Failures failures = Failures.NONE;
        double cpu;
        double resident;
        double generator;
        double upstream;

        Tally(Side side) {
            this.side = side;
        }
    }

    private final Lab lab;
    private final List<Tally> tallies;

    private Comparison(Lab lab, List<Side> sides) {
        this.lab = lab;
        this.tallies = sides.stream().map(Tally::new).toList();
    }

    /** Measures these sides in the pace of the run. */
    static List<Measured> of(Lab lab, List<Side> sides) {
        return of(lab, sides, lab.pace());
    }

    /** Measures these sides in that pace. */
    static List<Measured> of(Lab lab, List<Side> sides, Pace pace) {
        Comparison comparison = new Comparison(lab, sides);
        for (int round = 0; round < pace.rounds(); round++) {
            for (int i = 0; i < sides.size(); i++) {
                // Another one begins each time: none is always the first after a pause.
                Tally tally = comparison.tallies.get((i + round) % sides.size());
                comparison.measure(tally, pace, round);
            }
        }
        return comparison.tallies.stream().map(comparison::result).toList();
    }

    private void measure(Tally tally, Pace pace, int round) {
        lab.report().progress(tally.side.name() + ", round " + (round + 1) + " of " + pace.rounds());
        try (Load load = Load.start(tally.side.plan())) {
            Load.pause(pace.settle().plus(tally.side.plan().ramp()));
            tally.failures = tally.failures.and(load.mark().getFirst().failures());
            List<Long> pids = pids(tally.side.program());
            double cpu = ProcFs.cpuSeconds(pids);
            double generator = load.cpuSeconds();
            double upstream = ProcFs.cpuSeconds(lab.vendor().pids());
            long end = System.nanoTime() + pace.measure().toNanos();
            for (long left = pace.measure().toNanos(); left > 0; left = end - System.nanoTime()) {
                Load.pause(Duration.ofNanos(Math.min(left, LOOK.toNanos())));
                tally.resident = Math.max(tally.resident, ProcFs.residentMb(pids));
            }
            Phase phase = load.mark().getFirst();
            tally.cpu += ProcFs.cpuSeconds(pids) - cpu;
            tally.generator += load.cpuSeconds() - generator;
            tally.upstream += ProcFs.cpuSeconds(lab.vendor().pids()) - upstream;
            tally.phases.add(phase);
            tally.failures = tally.failures
                    .and(phase.failures())
                    .and(load.finish(PATIENCE).getFirst().failures());
        }
    }

    private static List<Long> pids(@Nullable Program program) {
        return program == null ? List.of() : program.pids();
    }

    private Measured result(Tally tally) {
        boolean alone = tally.side.program() == null;
        Phase phase = Phase.sum(tally.phases);
        return new Measured(
                tally.side.name(),
                phase,
                List.copyOf(tally.phases),
                tally.failures,
                alone ? Double.NaN : tally.cpu,
                alone ? Double.NaN : tally.resident,
                tally.generator / phase.seconds(),
                tally.upstream / phase.seconds());
    }
}
