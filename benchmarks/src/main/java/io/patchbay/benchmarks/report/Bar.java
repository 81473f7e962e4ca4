package io.patchbay.benchmarks.report;

import java.util.List;
import java.util.Locale;

/**
 * What a figure has to reach.
 *
 * @param id by which a scenario reports the figure
 * @param scenario that measures it
 * @param what it is, for people
 * @param atLeast whether more is better
 * @param bar the limit; reaching it is enough
 * @param aim what is aimed at; the bar itself when there is no further aim
 * @param unit behind the number, may be empty
 * @param decimals of the measured number
 */
public record Bar(
        String id, String scenario, String what, boolean atLeast, double bar, double aim, String unit, int decimals) {
    /** All bars, in the order in which they are printed. */
    public static final List<Bar> ALL = List.of(
            atLeast("plain64.ratio", "plain64", "plain calls per second, 64 clients, against nginx", 0.30, 0.50, "×"),
            atMost("plain10.p50", "plain10", "plain, 10 clients, added at p50", 2, 1, "ms", 2),
            atMost("plain10.p99", "plain10", "plain, 10 clients, added at p99", 8, 4, "ms", 2),
            atLeast(
                    "streams.ratio",
                    "streams",
                    "unpaced streams of 35 chunks per second, against nginx",
                    0.35,
                    0.60,
                    "×"),
            atMost(
                    "paced1000.cpu",
                    "paced1000",
                    "CPU per forwarded chunk, 1,000 streams, against nginx",
                    2.5,
                    1.5,
                    "×",
                    2),
            atLeast("conversion.ratio", "conversion", "conversion against same-dialect streaming", 0.6, 0.8, "×"),
            atMost("paced2000.heap", "paced2000", "heap per open stream, 2,000 paced streams", 48, 20, "KB", 1),
            atMost("start.median", "start", "start to ready, all bundled plugins, empty data folder", 5, 2, "s", 2),
            atMost("plain64.idle", "plain64", "resident memory, idle", 350, 200, "MB", 0),
            atMost("plain64.loaded", "plain64", "resident memory under the plain load", 600, 350, "MB", 0),
            atMost("swap.failed", "swap", "failed calls while a plugin is swapped", 0, 0, "", 0),
            atMost("swap.cut", "swap", "cut streams while a plugin is swapped", 0, 0, "", 0),
            atMost(
                    "swap.reached",
                    "swap",
                    "accepted swap to first call on the new version, slowest",
                    200,
                    200,
                    "ms",
                    0),
            atMost("swap.p99", "swap", "p99 while swapping, against steady", 1.5, 1.5, "×", 2),
            atMost("swap.kept", "swap", "old class loaders that were not collected", 0, 0, "", 0));

    private static Bar atLeast(String id, String scenario, String what, double bar, double aim, String unit) {
        return new Bar(id, scenario, what, true, bar, aim, unit, 2);
    }

    private static Bar atMost(
            String id, String scenario, String what, double bar, double aim, String unit, int decimals) {
        return new Bar(id, scenario, what, false, bar, aim, unit, decimals);
    }

    /** Tells whether that is enough; what is no number never is. */
    public boolean met(double measured) {
        return atLeast ? measured >= bar : measured <= bar;
    }

    /** Tells whether that is as good as is aimed at. */
    public boolean aimed(double measured) {
        return atLeast ? measured >= aim : measured <= aim;
    }

    /** Returns the limit as it is written. */
    public String limit() {
        return written(bar);
    }

    /** Returns the aim as it is written. */
    public String target() {
        return written(aim);
    }

    private String written(double value) {
        String number = value == Math.rint(value)
                ? String.format(Locale.ROOT, "%,.0f", value)
                : String.format(Locale.ROOT, "%.2f", value);
        return ((atLeast ? "≥ " : "≤ ") + number + " " + unit).strip();
    }
}
