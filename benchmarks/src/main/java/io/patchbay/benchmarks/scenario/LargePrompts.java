package io.patchbay.benchmarks.scenario;

import io.patchbay.benchmarks.load.ChatBodies;
import io.patchbay.benchmarks.load.LoadPlan;
import io.patchbay.benchmarks.report.Figures;
import io.patchbay.benchmarks.report.Table;
import io.patchbay.benchmarks.site.PatchbayServer;
import io.patchbay.benchmarks.site.Route;
import java.util.List;

/** {@code large}: prompts of about 100,000 tokens over 8 connections. */
final class LargePrompts implements Scenario {
    private static final int CONNECTIONS = 8;
    private static final int PROMPT_BYTES = 400_000;
    private static final int VARIANTS = 16;

    @Override
    public String name() {
        return "large";
    }

    @Override
    public String about() {
        return "prompts of 400 KB (about 100,000 tokens) over 8 connections";
    }

    @Override
    public void run(Lab lab) {
        try (PatchbayServer server = lab.start(Route.PLAIN)) {
            List<byte[]> bodies = ChatBodies.ofSize(Route.PLAIN.model(), false, PROMPT_BYTES, VARIANTS);
            List<Side> sides = lab.sides(server, Route.PLAIN, CONNECTIONS, true).stream()
                    .map(side -> new Side(
                            side.name(),
                            LoadPlan.plain(side.plan().target(), side.plan().key(), bodies, CONNECTIONS),
                            side.program()))
                    .toList();
            lab.warm(server.program(), sides.getLast().plan());
            List<Measured> all = Comparison.of(lab, sides);
            Table table = new Table(
                    "Way",
                    "calls/s",
                    "slowest..fastest round",
                    "p50 ms",
                    "p99 ms",
                    "CPU ms/call",
                    "resident MB",
                    "failed");
            for (Measured one : all) {
                table.row(
                        one.name(),
                        Figures.number(one.phase().callsPerSecond(), 0),
                        one.range(),
                        Figures.ms(one.phase().latency(), 50),
                        Figures.ms(one.phase().latency(), 99),
                        Figures.number(one.cpuMicrosPerCall() / 1_000, 2),
                        Figures.number(one.residentMb(), 0),
                        Long.toString(one.failures().total()));
            }
            lab.report().line(table);
            lab.remarks(this, all);
        }
    }
}
