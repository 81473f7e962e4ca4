package io.patchbay.benchmarks.scenario;

import com.fasterxml.jackson.databind.JsonNode;
import io.patchbay.benchmarks.load.Failures;
import io.patchbay.benchmarks.load.Load;
import io.patchbay.benchmarks.load.LoadPlan;
import io.patchbay.benchmarks.load.Phase;
import io.patchbay.benchmarks.process.Jvm;
import io.patchbay.benchmarks.report.Figures;
import io.patchbay.benchmarks.report.Findings;
import io.patchbay.benchmarks.report.Table;
import io.patchbay.benchmarks.site.PatchbayServer;
import io.patchbay.benchmarks.site.PluginVersion;
import io.patchbay.benchmarks.site.Route;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** {@code swap}: a provider plugin is replaced again and again under paced streams and plain calls. */
final class Swap implements Scenario {
    private static final String PLUGIN = "openai";
    private static final int STREAMS = 300;
    private static final double PLAIN_PER_SECOND = 200;
    private static final int PLAIN_CONNECTIONS = 200;
    private static final Route PACED = Route.paced(100);
    private static final Duration RAMP = Duration.ofSeconds(5);
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Duration REACH = Duration.ofSeconds(10);

    /**
     * What was found about the swaps.
     *
     * @param uploads from sending a version to the server's answer, milliseconds
     * @param reached from that answer to the first call on the version, milliseconds
     */
    private record Swaps(List<Double> uploads, List<Double> reached) {}

    @Override
    public String name() {
        return "swap";
    }

    @Override
    public String about() {
        return "300 paced streams and 200 plain calls a second while the plugin " + PLUGIN + " is swapped";
    }

    @Override
    public void run(Lab lab) {
        boolean quick = lab.pace().quick();
        int swaps = quick ? 6 : 20;
        Duration every = Duration.ofSeconds(quick ? 2 : 3);
        List<PluginVersion> versions = versions(lab, swaps);
        try (PatchbayServer server = lab.start(PACED, Route.PLAIN)) {
            Jvm jvm = server.jvm();
            LoadPlan streams = lab.plan(server, PACED, STREAMS).over(RAMP);
            LoadPlan plain = lab.plan(server, Route.PLAIN, PLAIN_CONNECTIONS).rate(PLAIN_PER_SECOND);
            try (Load load = Load.start(streams, plain)) {
                lab.report().progress("warming up");
                new Warming(server.program().pids(), RAMP.plus(lab.pace().warmup())).await(Load::pause);
                List<Phase> warmup = load.mark();
                lab.report().progress("steady");
                Load.pause(every.multipliedBy(swaps / 2));
                List<Phase> steady = load.mark();
                jvm.collect();
                double metaspaceBefore = jvm.metaspaceKb();
                // The pause of the collection belongs to neither.
                List<Phase> between = load.mark();
                lab.report().progress(swaps + " swaps, one every " + every.toSeconds() + " s");
                Swaps found = swap(server, versions, every);
                List<Phase> during = load.mark();
                List<Phase> rest = load.finish(PATIENCE);
                double kept = uncollected(server, jvm);
                double metaspaceAfter = jvm.metaspaceKb();
                Failures cut = failures(0, warmup, steady, between, during, rest);
                Failures failed = failures(1, warmup, steady, between, during, rest);
                print(lab, steady, during, cut, failed);
                lab.report()
                        .line(swaps + " swaps. From sending a version to the server's answer: median "
                                + Figures.number(median(found.uploads), 0) + " ms, slowest "
                                + Figures.number(Collections.max(found.uploads), 0)
                                + " ms. From the answer to the first call on it: median "
                                + Figures.number(median(found.reached), 1) + " ms, slowest "
                                + Figures.number(Collections.max(found.reached), 1) + " ms.\nMetaspace "
                                + Figures.number(metaspaceBefore / 1024, 1) + " MB before, "
                                + Figures.number(metaspaceAfter / 1024, 1) + " MB after; class loaders not collected: "
                                + Figures.number(kept, 0) + ".");
                Findings findings = lab.report().findings();
                findings.measured("swap.failed", (double) failed.total());
                findings.measured("swap.cut", (double) cut.total());
                findings.measured("swap.reached", Collections.max(found.reached));
                findings.measured("swap.p99", ratio(during.get(1), steady.get(1)));
                findings.measured("swap.kept", kept);
                lab.failures(this, "streams", cut);
                lab.failures(this, "plain", failed);
            }
        }
    }

    private static List<PluginVersion> versions(Lab lab, int count) {
        try {
            Path jars = Files.createTempDirectory(lab.folder(), "versions");
            List<PluginVersion> versions = new ArrayList<>();
            for (int i = 1; i <= count; i++) {
                versions.add(PluginVersion.make(lab.image(), PLUGIN, "0.2." + i, jars));
            }
            return versions;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Swaps swap(PatchbayServer server, List<PluginVersion> versions, Duration every) {
        Swaps found = new Swaps(new ArrayList<>(), new ArrayList<>());
        long next = System.nanoTime();
        for (PluginVersion version : versions) {
            long sent = System.nanoTime();
            server.client().upload(version.jar());
            long accepted = System.nanoTime();
            found.uploads.add((accepted - sent) / 1e6);
            found.reached.add((firstCall(server, version.version(), accepted) - accepted) / 1e6);
            next += every.toNanos();
            Load.pause(Duration.ofNanos(Math.max(0, next - System.nanoTime())));
        }
        return found;
    }

    /** Waits until a call holds that version and returns when that was seen. */
    private static long firstCall(PatchbayServer server, String version, long accepted) {
        while (true) {
            JsonNode plugin = server.client().plugin(PLUGIN);
            long now = System.nanoTime();
            if (plugin.path("observed").path("version").asText().equals(version)
                    && plugin.path("leases").asInt() > 0) {
                return now;
            }
            if (now - accepted > REACH.toNanos()) {
                throw new IllegalStateException("no call has reached version " + version);
            }
            Load.pause(Duration.ofMillis(1));
        }
    }

    /** Waits for the old class loaders to go and returns how many have not. */
    private static int uncollected(PatchbayServer server, Jvm jvm) {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (true) {
            jvm.collect();
            JsonNode plugin = server.client().plugin(PLUGIN);
            int kept =
                    plugin.path("draining").size() + plugin.path("uncollected").size();
            if (kept == 0 || System.nanoTime() > end) {
                return kept;
            }
            Load.pause(Duration.ofMillis(500));
        }
    }

    @SafeVarargs
    private static Failures failures(int plan, List<Phase>... phases) {
        Failures all = Failures.NONE;
        for (List<Phase> phase : phases) {
            all = all.and(phase.get(plan).failures());
        }
        return all;
    }

    private static void print(Lab lab, List<Phase> steady, List<Phase> during, Failures cut, Failures failed) {
        Table table = new Table(
                "While",
                "plain calls/s",
                "p50 ms",
                "p99 ms",
                "p99 against steady",
                "chunks/s",
                "gap p50 ms",
                "gap p99 ms",
                "streams begun: first byte p99 ms");
        for (boolean swapping : List.of(false, true)) {
            List<Phase> phase = swapping ? during : steady;
            table.row(
                    swapping ? "swapping" : "steady",
                    Figures.number(phase.get(1).callsPerSecond(), 0),
                    Figures.ms(phase.get(1).latency(), 50),
                    Figures.ms(phase.get(1).latency(), 99),
                    Figures.times(ratio(phase.get(1), steady.get(1))),
                    Figures.number(phase.getFirst().eventsPerSecond(), 0),
                    Figures.ms(phase.getFirst().gaps(), 50),
                    Figures.ms(phase.getFirst().gaps(), 99),
                    Figures.ms(phase.getFirst().firstByte(), 99));
        }
        lab.report().line(table);
        lab.report().line("Cut streams: " + cut.total() + "; failed plain calls: " + failed.total() + ".");
    }

    private static double ratio(Phase phase, Phase steady) {
        return Figures.millis(phase.latency(), 99) / Figures.millis(steady.latency(), 99);
    }

    private static double median(List<Double> values) {
        return values.stream().sorted().toList().get(values.size() / 2);
    }
}
