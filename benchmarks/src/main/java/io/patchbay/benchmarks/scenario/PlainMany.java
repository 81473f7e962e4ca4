package io.patchbay.benchmarks.scenario;

import io.patchbay.benchmarks.load.Load;
import io.patchbay.benchmarks.process.ProcFs;
import io.patchbay.benchmarks.report.Figures;
import io.patchbay.benchmarks.report.Table;
import io.patchbay.benchmarks.site.Bare;
import io.patchbay.benchmarks.site.PatchbayServer;
import io.patchbay.benchmarks.site.Route;
import java.time.Duration;
import java.util.List;

/** {@code plain64}: whole answers over 64 connections, and what memory is resident. */
final class PlainMany implements Scenario {
    private static final int CONNECTIONS = 64;

    @Override
    public String name() {
        return "plain64";
    }

    @Override
    public String about() {
        return "plain chats over 64 connections";
    }

    @Override
    public void run(Lab lab) {
        try (PatchbayServer server = lab.start(Route.PLAIN);
                Bare bare = lab.bare(Route.PLAIN)) {
            Load.pause(Duration.ofSeconds(lab.pace().quick() ? 3 : 10));
            double idle = ProcFs.residentMb(server.program().pids());
            List<Side> sides = lab.sides(server, Route.PLAIN, CONNECTIONS, true);
            sides.add(sides.size() - 1, lab.side(bare, Route.PLAIN, CONNECTIONS));
            lab.warm(server.program(), sides.getLast().plan());
            lab.warm(bare.program(), lab.side(bare, Route.PLAIN, CONNECTIONS).plan());
            List<Measured> all = Comparison.of(lab, sides);

            Table table = new Table(
                    "Way",
                    "calls/s",
                    "slowest..fastest round",
                    "p50 ms",
                    "p99 ms",
                    "against nginx",
                    "CPU µs/call",
                    "resident MB",
                    "failed");
            double nginx =
                    Lab.has(all, Lab.NGINX) ? Lab.side(all, Lab.NGINX).phase().callsPerSecond() : Double.NaN;
            for (Measured one : all) {
                table.row(
                        one.name(),
                        Figures.number(one.phase().callsPerSecond(), 0),
                        one.range(),
                        Figures.ms(one.phase().latency(), 50),
                        Figures.ms(one.phase().latency(), 99),
                        Figures.times(one.phase().callsPerSecond() / nginx),
                        Figures.number(one.cpuMicrosPerCall(), 1),
                        Figures.number(one.residentMb(), 0),
                        Long.toString(one.failures().total()));
            }
            lab.report().line(table);
            Measured patchbay = Lab.side(all, Lab.PATCHBAY);
            lab.report()
                    .line("Resident before the first call: " + Figures.number(idle, 0) + " MB; the most under load: "
                            + Figures.number(patchbay.residentMb(), 0) + " MB.");
            lab.report().findings().measured("plain64.ratio", patchbay.phase().callsPerSecond() / nginx);
            lab.report().findings().measured("plain64.idle", idle);
            lab.report().findings().measured("plain64.loaded", patchbay.residentMb());
            lab.remarks(this, all);
        }
    }
}
