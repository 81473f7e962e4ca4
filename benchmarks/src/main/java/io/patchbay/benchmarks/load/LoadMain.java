package io.patchbay.benchmarks.load;

import java.net.URI;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.HdrHistogram.Histogram;

/** The load generator by itself, against a server that runs already. */
public final class LoadMain {
    private static final Set<String> VALUES = Set.of(
            "--connections",
            "--seconds",
            "--warmup",
            "--body-model",
            "--key",
            "--chunks",
            "--rate",
            "--ramp-ms",
            "--prompt-bytes");

    private LoadMain() {}

    /** Runs once and prints one block; ends with 1 when a call failed. */
    public static void main(String[] arguments) {
        if (arguments.length == 0 || arguments[0].startsWith("-")) {
            usage("expected an address first");
            return;
        }
        Map<String, String> options = new HashMap<>();
        boolean stream = false;
        for (int i = 1; i < arguments.length; i++) {
            if (arguments[i].equals("--stream")) {
                stream = true;
            } else if (VALUES.contains(arguments[i]) && i + 1 < arguments.length) {
                options.put(arguments[i], arguments[++i]);
            } else {
                usage("unknown option " + arguments[i]);
                return;
            }
        }
        LoadPlan plan = plan(address(arguments[0]), options, stream);
        try (Load load = Load.start(plan)) {
            Load.pause(Duration.ofSeconds(number(options, "--warmup", 3)));
            Phase warmup = load.mark().getFirst();
            long cpu = cpuNanos();
            Load.pause(Duration.ofSeconds(number(options, "--seconds", 10)));
            Phase measured = load.mark().getFirst();
            double busy = (cpuNanos() - cpu) / 1e9 / measured.seconds();
            Phase rest = load.finish(Duration.ofSeconds(30)).getFirst();
            Failures failures = warmup.failures().and(measured.failures()).and(rest.failures());
            print(plan, measured, failures, busy);
            System.exit(failures.total() > 0 ? 1 : 0);
        }
    }

    private static LoadPlan plan(URI address, Map<String, String> options, boolean stream) {
        int events = stream ? number(options, "--chunks", 35) : 0;
        String model = options.getOrDefault("--body-model", "bench");
        List<byte[]> bodies = options.containsKey("--prompt-bytes")
                ? ChatBodies.ofSize(model, stream, number(options, "--prompt-bytes", 0), 4)
                : ChatBodies.small(model, stream);
        return new LoadPlan(
                address,
                options.getOrDefault("--key", ""),
                bodies,
                number(options, "--connections", 64),
                stream,
                events,
                number(options, "--rate", 0),
                Duration.ofMillis(number(options, "--ramp-ms", 0)),
                Duration.ofMinutes(10));
    }

    private static URI address(String text) {
        URI given = URI.create(text);
        String path = given.getRawPath() == null ? "" : given.getRawPath();
        if (path.endsWith("/completions")) {
            return given;
        }
        return URI.create(text.replaceFirst("/+$", "") + "/v1/chat/completions");
    }

    private static int number(Map<String, String> options, String name, int otherwise) {
        return Integer.parseInt(options.getOrDefault(name, Integer.toString(otherwise)));
    }

    private static long cpuNanos() {
        return ProcessHandle.current()
                .info()
                .totalCpuDuration()
                .orElse(Duration.ZERO)
                .toNanos();
    }

    private static void print(LoadPlan plan, Phase phase, Failures failures, double busy) {
        System.out.printf(
                Locale.ROOT,
                "%s, %d connections, %.1f s%n  %.0f calls/s, %.0f content events/s%n",
                plan.stream() ? "streams" : "plain",
                plan.connections(),
                phase.seconds(),
                phase.callsPerSecond(),
                phase.eventsPerSecond());
        times("whole call", phase.latency());
        times("first byte", phase.firstByte());
        if (plan.stream()) {
            times("gaps", phase.gaps());
        }
        System.out.printf(
                Locale.ROOT,
                "  load generator: %.0f %% of a processor%s%n  failures: %s%n",
                busy * 100,
                busy > 0.9 ? " - it is the limit here, not the server" : "",
                failures);
    }

    private static void times(String what, Histogram micros) {
        System.out.printf(
                Locale.ROOT,
                "  %-10s p50 %.2f  p90 %.2f  p99 %.2f  p99.9 %.2f  max %.2f ms%n",
                what,
                micros.getValueAtPercentile(50) / 1e3,
                micros.getValueAtPercentile(90) / 1e3,
                micros.getValueAtPercentile(99) / 1e3,
                micros.getValueAtPercentile(99.9) / 1e3,
                micros.getMaxValue() / 1e3);
    }

    private static void usage(String problem) {
        System.err.println(problem + "\nexpected: URL [--connections N] [--seconds S] [--warmup S] [--body-model MODEL]"
                + " [--key KEY] [--stream] [--chunks N] [--rate PER_SECOND] [--ramp-ms N] [--prompt-bytes N]");
        System.exit(2);
    }
}
