package io.patchbay.benchmarks.scenario;

import io.patchbay.benchmarks.load.Failures;
import io.patchbay.benchmarks.load.Load;
import io.patchbay.benchmarks.load.Phase;
import io.patchbay.benchmarks.process.Jvm;
import io.patchbay.benchmarks.process.ProcFs;
import io.patchbay.benchmarks.report.Figures;
import io.patchbay.benchmarks.report.Table;
import io.patchbay.benchmarks.site.PatchbayServer;
import io.patchbay.benchmarks.site.Route;
import java.time.Duration;

/** {@code paced2000}: 2,000 streams of 20 chunks a second, and what memory each takes. */
final class PacedMemory implements Scenario {
    private static final int STREAMS = 2_000;
    private static final int WARM_STREAMS = 200;
    private static final Duration RAMP = Duration.ofSeconds(5);
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    @Override
    public String name() {
        return "paced2000";
    }

    @Override
    public String about() {
        return "2,000 streams at once, 20 chunks a second";
    }

    @Override
    public void run(Lab lab) {
        // All streams have to be open until the heap has been looked at.
        Route route = Route.paced(lab.pace().quick() ? 700 : 1_200);
        Route warm = Route.paced(40);
        try (PatchbayServer server = lab.start(route, warm)) {
            Jvm jvm = server.jvm();
            lab.warm(server.program(), lab.plan(server, warm, WARM_STREAMS));
            double heapBefore = jvm.heapAfterCollectionKb();
            double residentBefore = ProcFs.residentMb(server.program().pids());

            lab.report().progress("opening " + STREAMS + " streams");
            try (Load load = Load.start(lab.plan(server, route, STREAMS).over(RAMP))) {
                Load.pause(RAMP.plus(lab.pace().settle()));
                Phase opening = load.mark().getFirst();
                Load.pause(lab.pace().measure().multipliedBy(2));
                Phase steady = load.mark().getFirst();
                double residentOpen = ProcFs.residentMb(server.program().pids());
                double heapOpen = jvm.heapAfterCollectionKb();
                int open = load.busy();
                lab.report().progress("waiting for the streams to end");
                Phase rest = load.finish(PATIENCE).getFirst();
                double heapAfter = jvm.heapAfterCollectionKb();
                Failures failures = opening.failures().and(steady.failures()).and(rest.failures());

                double perStream = (heapOpen - heapBefore) / open;
                Table table = new Table(
                        "Streams open",
                        "heap before MB",
                        "heap open MB",
                        "heap after MB",
                        "heap KB/stream",
                        "resident before MB",
                        "resident open MB",
                        "chunks/s",
                        "gap p50 ms",
                        "gap p99 ms",
                        "cut or failed");
                table.row(
                        Integer.toString(open),
                        Figures.number(heapBefore / 1024, 1),
                        Figures.number(heapOpen / 1024, 1),
                        Figures.number(heapAfter / 1024, 1),
                        Figures.number(perStream, 1),
                        Figures.number(residentBefore, 0),
                        Figures.number(residentOpen, 0),
                        Figures.number(steady.eventsPerSecond(), 0),
                        Figures.ms(steady.gaps(), 50),
                        Figures.ms(steady.gaps(), 99),
                        Long.toString(failures.total()));
                lab.report().line(table);
                long ended = opening.calls() + steady.calls();
                if (open < STREAMS || ended > 0) {
                    lab.report().line("Not all streams were open when the heap was looked at; the figure is void.");
                    lab.report().findings().failed(name());
                }
                lab.report().findings().measured("paced2000.heap", perStream);
                lab.failures(this, Lab.PATCHBAY, failures);
            }
        }
    }
}
