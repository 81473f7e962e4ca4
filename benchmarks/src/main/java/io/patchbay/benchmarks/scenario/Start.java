package io.patchbay.benchmarks.scenario;

import io.patchbay.benchmarks.load.Load;
import io.patchbay.benchmarks.process.ProcFs;
import io.patchbay.benchmarks.report.Figures;
import io.patchbay.benchmarks.report.Table;
import io.patchbay.benchmarks.site.PatchbayServer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** {@code start}: from the start of the process to the first request let in, with an empty folder and all plugins. */
final class Start implements Scenario {
    private static final int STARTS = 5;
    private static final int QUICK_STARTS = 3;

    @Override
    public String name() {
        return "start";
    }

    @Override
    public String about() {
        return "cold starts with an empty data folder and all bundled plugins";
    }

    @Override
    public void run(Lab lab) {
        List<Double> seconds = new ArrayList<>();
        List<Double> resident = new ArrayList<>();
        boolean quick = lab.pace().quick();
        for (int i = 0; i < (quick ? QUICK_STARTS : STARTS); i++) {
            lab.report().progress("start " + (i + 1));
            try (PatchbayServer server = lab.start()) {
                seconds.add(server.secondsToReady());
                Load.pause(Duration.ofSeconds(quick ? 3 : 10));
                resident.add(ProcFs.residentMb(server.program().pids()));
            }
        }
        Table table = new Table("Starts", "fastest s", "median s", "slowest s", "resident after MB, median");
        table.row(
                Integer.toString(seconds.size()),
                Figures.number(Collections.min(seconds), 2),
                Figures.number(median(seconds), 2),
                Figures.number(Collections.max(seconds), 2),
                Figures.number(median(resident), 0));
        lab.report().line(table);
        lab.report().findings().measured("start.median", median(seconds));
    }

    private static double median(List<Double> values) {
        List<Double> sorted = values.stream().sorted().toList();
        int middle = sorted.size() / 2;
        return sorted.size() % 2 == 1 ? sorted.get(middle) : (sorted.get(middle - 1) + sorted.get(middle)) / 2;
    }
}
