package io.patchbay.benchmarks.report;

import java.util.Locale;
import org.HdrHistogram.Histogram;

/** Writes numbers for people. */
public final class Figures {
    /** What stands where there is no number. */
    public static final String NONE = "–";

    private Figures() {}

    /** Returns a number with so many decimals, thousands parted by commas. */
    public static String number(double value, int decimals) {
        return Double.isFinite(value) ? String.format(Locale.ROOT, "%,." + decimals + "f", value) : NONE;
    }

    /** Returns a percentile of a histogram of microseconds in milliseconds. */
    public static double millis(Histogram micros, double percentile) {
        return micros.getTotalCount() == 0 ? Double.NaN : micros.getValueAtPercentile(percentile) / 1e3;
    }

    /** Returns the same, written. */
    public static String ms(Histogram micros, double percentile) {
        return number(millis(micros, percentile), 2);
    }

    /** Returns a ratio, written. */
    public static String times(double ratio) {
        return Double.isFinite(ratio) ? number(ratio, 2) + " ×" : NONE;
    }
}
