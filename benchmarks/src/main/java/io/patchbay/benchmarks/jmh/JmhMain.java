package io.patchbay.benchmarks.jmh;

import io.patchbay.benchmarks.report.Conditions;
import io.patchbay.benchmarks.report.Figures;
import io.patchbay.benchmarks.report.Report;
import io.patchbay.benchmarks.report.Table;
import java.nio.file.Path;
import java.time.Clock;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.openjdk.jmh.infra.BenchmarkParams;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.NoBenchmarksException;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.format.OutputFormatFactory;
import org.openjdk.jmh.runner.options.Options;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;

/** Runs the microbenchmarks and prints a table of them. JMH's own words go to the standard error. */
public final class JmhMain {
    /** What the server's own start always has. */
    private static final String JAVA_OPTIONS = "-XX:+UseCompactObjectHeaders --enable-native-access=ALL-UNNAMED"
            + " --sun-misc-unsafe-memory-access=allow -Dfile.encoding=UTF-8";

    private JmhMain() {}

    /**
     * Ends with 0 when all ran, with 1 when one failed, with 2 when there is none.
     *
     * @param arguments the folder of the checkout, a regular expression for names, {@code quick} or {@code full}, further
     *     options for Java
     */
    public static void main(String[] arguments) {
        if (arguments.length != 4) {
            System.err.println("to be started by benchmarks/jmh");
            System.exit(2);
        }
        System.exit(run(
                Path.of(arguments[0]),
                arguments[1],
                arguments[2].equals("quick"),
                (JAVA_OPTIONS + " " + arguments[3]).strip()));
    }

    private static int run(Path top, String pattern, boolean quick, String javaOptions) {
        int forks = quick ? 1 : 2;
        int warmups = quick ? 2 : 5;
        int iterations = quick ? 3 : 5;
        TimeValue time = quick ? TimeValue.milliseconds(400) : TimeValue.seconds(1);
        Options options = new OptionsBuilder()
                .include(pattern)
                .forks(forks)
                .warmupIterations(warmups)
                .warmupTime(time)
                .measurementIterations(iterations)
                .measurementTime(time)
                .jvmArgs(javaOptions.split(" +", -1))
                .addProfiler(GCProfiler.class)
                .shouldFailOnError(true)
                .build();
        Map<String, String> more = new LinkedHashMap<>();
        more.put("options of each JVM", javaOptions);
        more.put(
                "times",
                "each in %d JVM(s) of its own, %d iterations to warm up and %d measured, of %s"
                        .formatted(forks, warmups, iterations, time));
        // Asked before anything runs, since the load before is among them.
        String conditions = Conditions.text(top, more);
        Collection<RunResult> results;
        try {
            results =
                    new Runner(options, OutputFormatFactory.createFormatInstance(System.err, VerboseMode.NORMAL)).run();
        } catch (NoBenchmarksException e) {
            System.err.println("no benchmark matches " + pattern);
            return 2;
        } catch (RunnerException e) {
            System.err.println("The run broke off: " + e.getMessage());
            return 1;
        }
        String stamp = DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss", Locale.ROOT)
                .format(LocalDateTime.now(Clock.systemUTC()));
        Path file = top.resolve("benchmarks/results/" + stamp + "-jmh" + (quick ? "-quick" : "") + ".md");
        try (Report report = new Report(file)) {
            report.line("# Patchbay microbenchmarks\n");
            report.line(conditions);
            report.line(table(results));
            report.line("Kept in " + top.relativize(file));
        }
        return 0;
    }

    private static Table table(Collection<RunResult> results) {
        Table table =
                new Table("Benchmark", "parameters", "threads", "score", "±", "unit", "B/op", "operations/commit");
        for (RunResult result : results) {
            BenchmarkParams params = result.getParams();
            var score = result.getPrimaryResult();
            String name = params.getBenchmark();
            table.row(
                    name.substring(name.lastIndexOf('.', name.lastIndexOf('.') - 1) + 1)
                            .replace("Benchmark.", "."),
                    params.getParamsKeys().stream()
                            .map(key -> key + " " + params.getParam(key))
                            .collect(Collectors.joining(", ")),
                    String.valueOf(params.getThreads()),
                    number(score.getScore()),
                    number(score.getScoreError()),
                    score.getScoreUnit(),
                    number(other(result, "gc.alloc.rate.norm")),
                    number(other(result, "operations") / other(result, "transactions")));
        }
        return table;
    }

    private static double other(RunResult result, String label) {
        var other = result.getSecondaryResults().get(label);
        return other == null ? Double.NaN : other.getScore();
    }

    private static String number(double value) {
        return Figures.number(value, Math.abs(value) < 100 ? 1 : 0);
    }
}
