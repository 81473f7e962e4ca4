package io.patchbay.benchmarks.scenario;

import io.patchbay.benchmarks.report.Figures;
import io.patchbay.benchmarks.report.Table;
import io.patchbay.benchmarks.site.PatchbayServer;
import io.patchbay.benchmarks.site.Route;
import java.time.Duration;
import java.util.List;

/** {@code paced1000}: 1,000 streams of 20 chunks a second, and what a forwarded chunk costs. */
final class PacedCost implements Scenario {
    private static final int STREAMS = 1_000;
    private static final Route ROUTE = Route.paced(300);
    private static final Duration RAMP = Duration.ofSeconds(5);

    @Override
    public String name() {
        return "paced1000";
    }

    @Override
    public String about() {
        return "1,000 streams at once, each of 300 chunks, 20 a second";
    }

    @Override
    public void run(Lab lab) {
        try (PatchbayServer server = lab.start(ROUTE)) {
            List<Side> sides = lab.sides(server, ROUTE, STREAMS, true).stream()
                    .map(side -> new Side(side.name(), side.plan().over(RAMP), side.program()))
                    .toList();
            lab.warm(server.program(), sides.getLast().plan());
            Pace pace = lab.pace();
            List<Measured> all = Comparison.of(
                    lab,
                    sides,
                    new Pace(
                            pace.warmup(),
                            pace.settle(),
                            pace.measure().multipliedBy(2),
                            Math.max(1, pace.rounds() - 1),
                            pace.quick()));

            double nginx = Lab.has(all, Lab.NGINX) ? Lab.side(all, Lab.NGINX).cpuMicrosPerEvent() : Double.NaN;
            Table table = new Table(
                    "Way",
                    "chunks/s",
                    "CPU µs/chunk",
                    "against nginx",
                    "gap p50 ms",
                    "gap p99 ms",
                    "gap p99.9 ms",
                    "first byte p99 ms",
                    "resident MB",
                    "cut or failed");
            for (Measured one : all) {
                table.row(
                        one.name(),
                        Figures.number(one.phase().eventsPerSecond(), 0),
                        Figures.number(one.cpuMicrosPerEvent(), 2),
                        Figures.times(one.cpuMicrosPerEvent() / nginx),
                        Figures.ms(one.phase().gaps(), 50),
                        Figures.ms(one.phase().gaps(), 99),
                        Figures.ms(one.phase().gaps(), 99.9),
                        Figures.ms(one.phase().firstByte(), 99),
                        Figures.number(one.residentMb(), 0),
                        Long.toString(one.failures().total()));
            }
            lab.report().line(table);
            lab.report()
                    .findings()
                    .measured("paced1000.cpu", Lab.side(all, Lab.PATCHBAY).cpuMicrosPerEvent() / nginx);
            lab.remarks(this, all);
        }
    }
}
