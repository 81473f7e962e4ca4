package io.patchbay.benchmarks.run;

import io.patchbay.benchmarks.process.Jvm;
import io.patchbay.benchmarks.process.Program;
import io.patchbay.benchmarks.report.Conditions;
import io.patchbay.benchmarks.report.Report;
import io.patchbay.benchmarks.scenario.Lab;
import io.patchbay.benchmarks.scenario.Pace;
import io.patchbay.benchmarks.scenario.Scenario;
import io.patchbay.benchmarks.scenario.Scenarios;
import io.patchbay.benchmarks.site.MariaDb;
import io.patchbay.benchmarks.site.Nginx;
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
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Starts everything, runs the scenarios that were chosen, prints what they found and holds it against the bars. */
public final class Bench {
    private static final Pattern LISTENING = Pattern.compile("listening on http://127\\.0\\.0\\.1:(\\d+)");

    private final Options options;
    private final Path folder;
    private final Report report;

    private Bench(Options options, Path folder, Report report) {
        this.options = options;
        this.folder = folder;
        this.report = report;
    }

    /** Runs; ends with 0 when all bars that were measured are met, with 1 when not, with 2 when it could not run. */
    public static void main(String[] arguments) {
        if (List.of(arguments).contains("--help") || List.of(arguments).contains("-h")) {
            System.out.print(Options.USAGE);
            return;
        }
        Options options;
        try {
            options = Options.of(arguments);
        } catch (IllegalArgumentException e) {
            System.err.println(e.getMessage() + "\n" + Options.USAGE);
            System.exit(2);
            return;
        }
        if (!options.check()) {
            System.exit(run(options));
        }
    }

    private static int run(Options options) {
        String stamp = DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss", Locale.ROOT)
                .format(LocalDateTime.now(Clock.systemUTC()).atOffset(ZoneOffset.UTC));
        Path file = options.top().resolve("benchmarks/results/" + stamp + (options.quick() ? "-quick" : "") + ".md");
        Path folder;
        try {
            folder = Files.createTempDirectory("patchbay-bench");
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
        try (Report report = new Report(file)) {
            return new Bench(options, folder, report).run() ? 0 : 1;
        } catch (RuntimeException e) {
            System.err.println("The run broke off: " + e.getMessage());
            return 2;
        }
    }

    private boolean run() {
        try (Program upstream = startUpstream();
                MariaDb mariaDb = startMariaDb()) {
            Matcher listening = LISTENING.matcher(upstream.output());
            if (!listening.find()) {
                throw new IllegalStateException("the upstream does not say where it listens");
            }
            int port = Integer.parseInt(listening.group(1));
            Optional<Path> executable = Nginx.find();
            try (Nginx nginx = executable
                    .map(found -> Nginx.start(found, folder.resolve("nginx"), port))
                    .orElse(null)) {
                Pace pace = options.quick() ? Pace.QUICK : Pace.FULL;
                URI uri = URI.create("http://127.0.0.1:" + port);
                Lab lab = new Lab(
                        options.image(), folder, options.javaOptions(), uri, upstream, nginx, mariaDb, pace, report);
                conditions(lab, executable);
                scenarios(lab);
            }
        }
        report.heading("Bars");
        report.line(report.findings().table(options.only()));
        report.line("Kept in " + options.top().relativize(report.file().toAbsolutePath()));
        return report.findings().allMet();
    }

    private Program startUpstream() {
        Program upstream = Program.start(
                "the scripted upstream",
                folder.resolve("upstream.log"),
                Map.of(),
                List.of(
                        Program.java("java"),
                        "-XX:+UseSerialGC",
                        "-Xmx256m",
                        "-cp",
                        System.getProperty("java.class.path"),
                        BenchUpstream.class.getName(),
                        "0"));
        upstream.await(() -> LISTENING.matcher(upstream.output()).find(), Duration.ofSeconds(10));
        return upstream;
    }

    @Nullable
    private MariaDb startMariaDb() {
        return options.mariaDb() ? MariaDb.start(folder.resolve("mariadb")) : null;
    }

    private void conditions(Lab lab, Optional<Path> nginx) {
        Map<String, String> more = new LinkedHashMap<>();
        // One start, so that what the server chooses by itself is known and its files have been read once.
        try (PatchbayServer server =
                PatchbayServer.start(options.image(), folder.resolve("first"), Map.of(), options.javaOptions())) {
            Jvm jvm = server.jvm();
            more.put("server", jvm.options() + " (" + jvm.chosen() + ")");
        }
        more.put(
                "database",
                options.mariaDb() ? "MariaDB, each commit on the disk; its time is not in the server's CPU" : "SQLite");
        more.put("nginx", nginx.map(Nginx::version).orElse("not found: what is measured against it is left out"));
        more.put("upstream and load generator", "one thread each, of this module; upstream -XX:+UseSerialGC -Xmx256m");
        more.put("times", lab.pace().toString());
        more.put("scenarios", String.join(", ", options.only()));
        report.line("# Patchbay benchmarks\n");
        report.line(Conditions.text(options.top(), more));
        report.line("Server, upstream, nginx and load generator share the machine. Key check, routing, reservation,"
                + " durable settlement\nand request records are on.");
    }

    private void scenarios(Lab lab) {
        for (Scenario scenario : Scenarios.all()) {
            if (!options.only().contains(scenario.name())) {
                continue;
            }
            report.heading(scenario.name() + ": " + scenario.about());
            try {
                scenario.run(lab);
            } catch (RuntimeException e) {
                // The others may still tell something.
                report.line("Broke off: " + e.getMessage());
                report.findings().failed(scenario.name());
            }
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
