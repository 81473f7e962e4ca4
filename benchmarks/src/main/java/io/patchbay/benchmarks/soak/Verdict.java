package io.patchbay.benchmarks.soak;

import io.patchbay.benchmarks.report.Figures;
import io.patchbay.benchmarks.report.Table;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;

/** What must be so, and whether it was. */
final class Verdict {
    private record Criterion(String what, String found, String limit, boolean met) {}

    private final List<Criterion> criteria = new ArrayList<>();

    /** Holds that nothing of this has happened. */
    void none(String what, long found) {
        criteria.add(new Criterion(what, Long.toString(found), "0", found == 0));
    }

    /** Holds that something has happened, without which the rest says nothing. */
    void some(String what, long found) {
        criteria.add(new Criterion(what, Long.toString(found), "≥ 1", found > 0));
    }

    /**
     * Holds that the median of the last third is not above that of the second by more than a share, or an amount where that
     * is more. What was not measured in a third makes it missed.
     *
     * @param share 0.1 for a tenth
     * @param amount in the figure's unit
     */
    void flat(String what, List<Sample> samples, ToDoubleFunction<Sample> figure, double share, double amount) {
        flat(what, samples, figure, Verdict::median, share, amount);
    }

    /** Holds the same of the lowest values, for a figure that depends on what happens to be under way. */
    void flatFloor(String what, List<Sample> samples, ToDoubleFunction<Sample> figure, double share, double amount) {
        flat(what, samples, figure, sorted -> sorted[0], share, amount);
    }

    private void flat(
            String what,
            List<Sample> samples,
            ToDoubleFunction<Sample> figure,
            ToDoubleFunction<double[]> typical,
            double share,
            double amount) {
        int third = samples.size() / 3;
        double before = typical(samples.subList(third, 2 * third), figure, typical);
        double after = typical(samples.subList(2 * third, samples.size()), figure, typical);
        double limit = before + Math.max(before * share, amount);
        criteria.add(new Criterion(
                what + ", last third (second third " + Figures.number(before, 1) + ")",
                Figures.number(after, 1),
                "≤ " + Figures.number(limit, 1),
                after <= limit));
    }

    private static double typical(
            List<Sample> samples, ToDoubleFunction<Sample> figure, ToDoubleFunction<double[]> typical) {
        double[] sorted = samples.stream()
                .mapToDouble(figure)
                .filter(Double::isFinite)
                .sorted()
                .toArray();
        return sorted.length == 0 ? Double.NaN : typical.applyAsDouble(sorted);
    }

    private static double median(double[] sorted) {
        return (sorted[(sorted.length - 1) / 2] + sorted[sorted.length / 2]) / 2;
    }

    /** Tells whether everything is as it must be. */
    boolean met() {
        return criteria.stream().allMatch(Criterion::met);
    }

    Table table() {
        Table table = new Table("Criterion", "found", "must be", "met");
        criteria.forEach(one -> table.row(one.what(), one.found(), one.limit(), one.met() ? "yes" : "**no**"));
        return table;
    }
}
