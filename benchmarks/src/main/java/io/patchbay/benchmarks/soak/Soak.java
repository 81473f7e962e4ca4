package io.patchbay.benchmarks.soak;

import com.fasterxml.jackson.databind.JsonNode;
import io.patchbay.benchmarks.load.FailureKind;
import io.patchbay.benchmarks.load.Load;
import io.patchbay.benchmarks.load.LoadPlan;
import io.patchbay.benchmarks.load.Phase;
import io.patchbay.benchmarks.process.Jvm;
import io.patchbay.benchmarks.process.ProcFs;
import io.patchbay.benchmarks.process.Program;
import io.patchbay.benchmarks.report.Conditions;
import io.patchbay.benchmarks.report.Figures;
import io.patchbay.benchmarks.report.Report;
import io.patchbay.benchmarks.report.Table;
import io.patchbay.benchmarks.site.PatchbayServer;
import io.patchbay.benchmarks.upstream.BenchUpstream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Runs everything at once against the built distribution, looks every ten seconds, and judges at the end. */
public final class Soak {
    private static final Duration EVERY = Duration.ofSeconds(10);
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final int PLAIN = 1;
    private static final double MB = 1_024;

    private final SoakOptions options;
    private final Path folder;
    private final Report report;
    private final List<Sample> samples = new ArrayList<>();
    private final List<String> firstProblems = new ArrayList<>();
    private final Verdict verdict = new Verdict();
    private final Table table = new Table(
            "s",
            "calls/s",
            "cut",
            "failed",
            "faults",
            "left",
            "plain p99 ms",
            "heap MB",
            "resident MB",
            "metaspace MB",
            "threads",
            "files");

    private Soak(SoakOptions options, Path folder, Report report) {
        this.options = options;
        this.folder = folder;
        this.report = report;
    }

    /** Runs; ends with 0 when all criteria are met, with 1 when not, with 2 when it could not run. */
    public static void main(String[] arguments) {
        if (List.of(arguments).contains("--help") || List.of(arguments).contains("-h")) {
            System.out.print(SoakOptions.USAGE);
            return;
        }
        SoakOptions options;
        try {
            options = SoakOptions.of(arguments);
        } catch (IllegalArgumentException e) {
            System.err.println(e.getMessage() + "\n" + SoakOptions.USAGE);
            System.exit(2);
            return;
        }
        if (!options.check()) {
            System.exit(run(options));
        }
    }

    private static int run(SoakOptions options) {
        String stamp = DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss", Locale.ROOT)
                .format(LocalDateTime.now(Clock.systemUTC()));
        Path folder;
        try {
            folder = Files.createTempDirectory("patchbay-soak");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Runtime.getRuntime()
                .addShutdownHook(new Thread(
                        () -> {
                            Program.endAll();
                            delete(folder);
                        },
                        "delete " + folder));
        try (Report report = new Report(options.top().resolve("benchmarks/results/" + stamp + "-soak.md"))) {
            return new Soak(options, folder, report).run() ? 0 : 1;
        } catch (IOException | RuntimeException e) {
            System.err.println("The run broke off: " + e.getMessage());
            return 2;
        }
    }

    private boolean run() throws IOException {
        Path home = Files.createDirectory(folder.resolve("home"));
        try (BenchUpstream upstream = BenchUpstream.start(0)) {
            try (PatchbayServer server = PatchbayServer.start(options.image(), home, Map.of(), options.javaOptions())) {
                conditions(server);
                server.setUp(URI.create("http://127.0.0.1:" + upstream.port()), Part.ROUTES);
                soak(server);
                report.heading("Every ten seconds");
                report.line(table);
            }
        }
        ledger(LedgerCheck.of(home));
        report.heading("Verdict");
        report.line(verdict.table());
        firstProblems.forEach(report::line);
        report.line((verdict.met() ? "Everything is as it must be." : "Not everything is as it must be.") + " Kept in "
                + options.top().relativize(report.file().toAbsolutePath()));
        return verdict.met();
    }

    private void conditions(PatchbayServer server) {
        Jvm jvm = server.jvm();
        Map<String, String> more = new LinkedHashMap<>();
        more.put("server", jvm.options() + " (" + jvm.chosen() + "), SQLite");
        more.put("time under load", options.minutes() + " minutes");
        report.line("# Patchbay soak\n");
        report.line(Conditions.text(options.top(), more));
        report.line("Server, upstream and clients share the machine.");
    }

    private void soak(PatchbayServer server) throws IOException {
        List<Part> parts = Part.all(server);
        Path jars = Files.createDirectory(folder.resolve("jars"));
        Swapper swapped;
        Leavers gone;
        try (Load load = Load.start(parts.stream().map(Part::plan).toArray(LoadPlan[]::new))) {
            try (Leavers leavers = Leavers.begin(server);
                    Swapper swapper = Swapper.begin(server, options.image(), jars)) {
                gone = leavers;
                swapped = swapper;
                watch(server, parts, load, leavers);
            }
            judgeEnd(parts, load.finish(PATIENCE), gone, swapped);
        }
        verdict.none("class loaders of old versions that were not collected", uncollected(server));
        verdict.flatFloor("heap after collections, lowest, MB", samples, Sample::heapMb, 0.10, 8);
        verdict.flat("threads", samples, Sample::threads, 0.10, 12);
        verdict.flat("open files and sockets", samples, Sample::openFiles, 0.10, 24);
        verdict.flat("metaspace, MB", samples, Sample::metaspaceMb, 0.05, 4);
    }

    /** Looks every ten seconds; once a minute, or more often when there are few, at the heap after collections. */
    private void watch(PatchbayServer server, List<Part> parts, Load load, Leavers leavers) {
        Jvm jvm = server.jvm();
        int count = (int) (Duration.ofMinutes(options.minutes()).dividedBy(EVERY));
        int collectEvery = options.minutes() < 6 ? 1 : 6;
        long begun = System.nanoTime();
        for (int number = 1; number <= count; number++) {
            long due = begun + number * EVERY.toNanos();
            Load.pause(Duration.ofNanos(Math.max(0, due - System.nanoTime())));
            if (!server.program().alive()) {
                throw new IllegalStateException(
                        "the server has ended:\n" + server.program().output());
            }
            List<Phase> phases = load.mark();
            double heap = number % collectEvery == 0 ? jvm.heapAfterCollectionKb() / MB : Double.NaN;
            // What failed in the pause of the collections counts, what it did to the times does not.
            List<Phase> pause = load.mark();
            Sample sample =
                    sample(server, number * EVERY.toSeconds(), parts, List.of(phases, pause), leavers.left(), heap);
            samples.add(sample);
            row(sample);
        }
    }

    /** @param phases before the pause, and in it */
    private Sample sample(
            PatchbayServer server, long second, List<Part> parts, List<List<Phase>> phases, long left, double heap) {
        long pid = server.program().pid();
        List<Phase> before = phases.getFirst();
        List<Phase> pause = phases.getLast();
        Map<FailureKind, Long> unforeseen = unforeseen(parts, before);
        unforeseen(parts, pause).forEach((kind, count) -> unforeseen.merge(kind, count, Long::sum));
        return new Sample(
                second,
                before.stream().mapToDouble(Phase::callsPerSecond).sum(),
                cut(parts, before) + cut(parts, pause),
                unforeseen,
                foreseen(parts, before) + foreseen(parts, pause),
                left,
                Figures.millis(before.get(PLAIN).latency(), 99),
                heap,
                ProcFs.residentMb(List.of(pid)),
                server.jvm().metaspaceKb() / MB,
                ProcFs.threads(pid),
                ProcFs.openFiles(pid));
    }

    private void row(Sample sample) {
        table.row(
                Long.toString(sample.second()),
                Figures.number(sample.callsPerSecond(), 0),
                Long.toString(sample.cut()),
                sample.unforeseen().isEmpty() ? "0" : sample.unforeseen().toString(),
                Long.toString(sample.foreseen()),
                Long.toString(sample.left()),
                Figures.number(sample.plainP99(), 1),
                Figures.number(sample.heapMb(), 1),
                Figures.number(sample.residentMb(), 0),
                Figures.number(sample.metaspaceMb(), 1),
                Integer.toString(sample.threads()),
                Integer.toString(sample.openFiles()));
        report.progress(sample.second() + " s: " + Figures.number(sample.callsPerSecond(), 0) + " calls/s, cut "
                + sample.cut() + ", failed " + sample.unforeseen());
    }

    private void judgeEnd(List<Part> parts, List<Phase> rest, Leavers gone, Swapper swapped) {
        Map<FailureKind, Long> failed = unforeseen(parts, rest);
        samples.forEach(sample -> sample.unforeseen().forEach((kind, count) -> failed.merge(kind, count, Long::sum)));
        long cut = cut(parts, rest) + samples.stream().mapToLong(Sample::cut).sum();
        String kinds = failed.isEmpty()
                ? ""
                : failed.entrySet().stream()
                        .map(entry -> entry.getKey() + " " + entry.getValue())
                        .collect(Collectors.joining(", ", " (", ")"));
        verdict.none("unexpected failures" + kinds, sum(failed));
        verdict.none("cut streams", cut);
        verdict.none("clients that could not ask", gone.failed());
        verdict.some("clients that left", gone.left());
        verdict.some(
                "faults of the upstream",
                samples.stream().mapToLong(Sample::foreseen).sum());
        verdict.some("plugin swaps", swapped.swapped());
        verdict.none("plugin swaps that failed", swapped.problems().size());
        swapped.problems().stream().limit(3).forEach(problem -> firstProblems.add("Swap: " + problem));
    }

    private void ledger(LedgerCheck.Finding finding) {
        verdict.some("calls in the ledger", finding.calls());
        verdict.none("reservations still open after the server has ended", finding.open());
        verdict.none("findings of the ledger's audit", finding.violations().size());
        finding.violations().stream().limit(3).forEach(one -> firstProblems.add("Ledger: " + one));
    }

    private long cut(List<Part> parts, List<Phase> phases) {
        long cut = 0;
        for (int i = 0; i < parts.size(); i++) {
            long of = parts.get(i).cut(phases.get(i));
            tell(of, parts.get(i), phases.get(i));
            cut += of;
        }
        return cut;
    }

    private Map<FailureKind, Long> unforeseen(List<Part> parts, List<Phase> phases) {
        Map<FailureKind, Long> all = new EnumMap<>(FailureKind.class);
        for (int i = 0; i < parts.size(); i++) {
            Map<FailureKind, Long> of = parts.get(i).unforeseen(phases.get(i));
            tell(sum(of), parts.get(i), phases.get(i));
            of.forEach((kind, count) -> all.merge(kind, count, Long::sum));
        }
        return all;
    }

    private static long foreseen(List<Part> parts, List<Phase> phases) {
        long foreseen = 0;
        for (int i = 0; i < parts.size(); i++) {
            foreseen += parts.get(i).foreseen(phases.get(i));
        }
        return foreseen;
    }

    private static long sum(Map<FailureKind, Long> counts) {
        return counts.values().stream().mapToLong(Long::longValue).sum();
    }

    private void tell(long count, Part part, Phase phase) {
        if (count > 0 && firstProblems.size() < 10) {
            firstProblems.add(part.name() + ": " + phase.failures().first());
        }
    }

    /** Waits for the old class loaders to go and returns how many have not. */
    private static int uncollected(PatchbayServer server) {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (true) {
            server.jvm().collect();
            JsonNode plugin = server.client().plugin(Swapper.PLUGIN);
            int kept =
                    plugin.path("draining").size() + plugin.path("uncollected").size();
            if (kept == 0 || System.nanoTime() > end) {
                return kept;
            }
            Load.pause(Duration.ofMillis(500));
        }
    }

    private static void delete(Path folder) {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        } catch (IOException | UncheckedIOException e) {
            System.err.println("Could not delete all of " + folder + ": " + e.getMessage());
        }
    }
}
