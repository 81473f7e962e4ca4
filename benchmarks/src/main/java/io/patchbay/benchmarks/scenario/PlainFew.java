package io.patchbay.benchmarks.scenario;

import io.patchbay.benchmarks.report.Figures;
import io.patchbay.benchmarks.report.Table;
import io.patchbay.benchmarks.site.PatchbayServer;
import io.patchbay.benchmarks.site.Route;
import java.util.List;

/** {@code plain10}: whole answers over 10 connections, and the time that is added to them. */
final class PlainFew implements Scenario {
    private static final int CONNECTIONS = 10;

    @Override
    public String name() {
        return "plain10";
    }

    @Override
    public String about() {
        return "plain chats over 10 connections";
    }

    @Override
    public void run(Lab lab) {
        try (PatchbayServer server = lab.start(Route.PLAIN)) {
            List<Side> sides = lab.sides(server, Route.PLAIN, CONNECTIONS, true);
            lab.warm(server.program(), sides.getLast().plan());
            List<Measured> all = Comparison.of(lab, sides);
            Measured direct = Lab.side(all, Lab.DIRECT);

            Table table = new Table("Way", "calls/s", "p50 ms", "p99 ms", "added p50 ms", "added p99 ms", "failed");
            for (Measured one : all) {
                table.row(
                        one.name(),
                        Figures.number(one.phase().callsPerSecond(), 0),
                        Figures.ms(one.phase().latency(), 50),
                        Figures.ms(one.phase().latency(), 99),
                        one.name().equals(Lab.DIRECT) ? Figures.NONE : Figures.number(added(one, direct, 50), 2),
                        one.name().equals(Lab.DIRECT) ? Figures.NONE : Figures.number(added(one, direct, 99), 2),
                        Long.toString(one.failures().total()));
            }
            lab.report().line(table);
            Measured patchbay = Lab.side(all, Lab.PATCHBAY);
            lab.report().findings().measured("plain10.p50", added(patchbay, direct, 50));
            lab.report().findings().measured("plain10.p99", added(patchbay, direct, 99));
            lab.remarks(this, all);
        }
    }

    private static double added(Measured one, Measured direct, double percentile) {
        return Figures.millis(one.phase().latency(), percentile)
                - Figures.millis(direct.phase().latency(), percentile);
    }
}
