package io.patchbay.benchmarks.scenario;

import io.patchbay.benchmarks.report.Figures;
import io.patchbay.benchmarks.report.Table;
import io.patchbay.benchmarks.site.PatchbayServer;
import io.patchbay.benchmarks.site.Route;
import java.util.List;

/** {@code streams}: streams of 35 chunks as fast as they go, over 64 connections. */
final class UnpacedStreams implements Scenario {
    static final int CONNECTIONS = 64;

    @Override
    public String name() {
        return "streams";
    }

    @Override
    public String about() {
        return "unpaced streams of 35 chunks over 64 connections";
    }

    @Override
    public void run(Lab lab) {
        try (PatchbayServer server = lab.start(Route.STREAM)) {
            List<Side> sides = lab.sides(server, Route.STREAM, CONNECTIONS, true);
            lab.warm(server.program(), sides.getLast().plan());
            List<Measured> all = Comparison.of(lab, sides);
            double nginx =
                    Lab.has(all, Lab.NGINX) ? Lab.side(all, Lab.NGINX).phase().callsPerSecond() : Double.NaN;
            lab.report().line(table(all, nginx, "against nginx"));
            Measured patchbay = Lab.side(all, Lab.PATCHBAY);
            lab.report().findings().measured("streams.ratio", patchbay.phase().callsPerSecond() / nginx);
            lab.remarks(this, all);
        }
    }

    /** Returns the table of unpaced streams, each way against that many streams a second. */
    static Table table(List<Measured> all, double against, String column) {
        Table table = new Table(
                "Way",
                "streams/s",
                "slowest..fastest round",
                "chunks/s",
                column,
                "first byte p50 ms",
                "first byte p99 ms",
                "CPU µs/chunk",
                "failed");
        for (Measured one : all) {
            table.row(
                    one.name(),
                    Figures.number(one.phase().callsPerSecond(), 0),
                    one.range(),
                    Figures.number(one.phase().eventsPerSecond(), 0),
                    Figures.times(one.phase().callsPerSecond() / against),
                    Figures.ms(one.phase().firstByte(), 50),
                    Figures.ms(one.phase().firstByte(), 99),
                    Figures.number(one.cpuMicrosPerEvent(), 2),
                    Long.toString(one.failures().total()));
        }
        return table;
    }
}
