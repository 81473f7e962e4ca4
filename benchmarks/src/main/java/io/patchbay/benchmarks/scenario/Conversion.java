package io.patchbay.benchmarks.scenario;

import io.patchbay.benchmarks.load.LoadPlan;
import io.patchbay.benchmarks.site.PatchbayServer;
import io.patchbay.benchmarks.site.Route;
import java.util.List;

/** {@code conversion}: clients speak OpenAI's format and the upstream Anthropic's, against the same without conversion. */
final class Conversion implements Scenario {
    private static final String SAME = "same dialect";
    private static final String CONVERTED = "Anthropic to OpenAI";

    @Override
    public String name() {
        return "conversion";
    }

    @Override
    public String about() {
        return "the same streams out of Anthropic's format";
    }

    @Override
    public void run(Lab lab) {
        try (PatchbayServer server = lab.start(Route.STREAM, Route.CLAUDE)) {
            LoadPlan same = lab.plan(server, Route.STREAM, UnpacedStreams.CONNECTIONS);
            LoadPlan converted = lab.plan(server, Route.CLAUDE, UnpacedStreams.CONNECTIONS);
            // In turn: code compiled for one alone would be thrown away when the other comes.
            lab.warm(server.program(), converted, same, converted, same);
            List<Measured> all = Comparison.of(
                    lab,
                    List.of(new Side(SAME, same, server.program()), new Side(CONVERTED, converted, server.program())));
            double base = Lab.side(all, SAME).phase().callsPerSecond();
            lab.report().line(UnpacedStreams.table(all, base, "against same dialect"));
            lab.report()
                    .findings()
                    .measured(
                            "conversion.ratio", Lab.side(all, CONVERTED).phase().callsPerSecond() / base);
            lab.remarks(this, all);
        }
    }
}
