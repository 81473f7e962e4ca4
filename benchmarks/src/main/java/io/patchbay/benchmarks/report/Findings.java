package io.patchbay.benchmarks.report;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** The figures that are held against the bars; of one thread. */
public final class Findings {
    private final Map<String, Double> measured = new LinkedHashMap<>();
    private final Set<String> failed = new TreeSet<>();

    /**
     * Reports a figure.
     *
     * @param bar the id of a bar
     * @param value NaN when it could not be measured
     * @throws IllegalArgumentException when there is no such bar
     */
    public void measured(String bar, double value) {
        if (Bar.ALL.stream().noneMatch(known -> known.id().equals(bar))) {
            throw new IllegalArgumentException("no bar " + bar);
        }
        if (!Double.isNaN(value)) {
            measured.put(bar, value);
        }
    }

    /** Reports that a scenario had failed calls, or broke off: its figures say nothing. */
    public void failed(String scenario) {
        failed.add(scenario);
    }

    /** Tells whether every figure that was measured is enough and no scenario failed. */
    public boolean allMet() {
        return failed.isEmpty()
                && Bar.ALL.stream()
                        .filter(bar -> measured.containsKey(bar.id()))
                        .allMatch(bar -> bar.met(measured.getOrDefault(bar.id(), Double.NaN)));
    }

    /**
     * Returns the table of the bars.
     *
     * @param scenarios those that ran; bars of others are left out
     */
    public Table table(Set<String> scenarios) {
        Table table = new Table("What", "Bar", "Aim", "Measured", "");
        for (Bar bar : Bar.ALL) {
            if (!scenarios.contains(bar.scenario())) {
                continue;
            }
            Double value = measured.get(bar.id());
            if (value == null) {
                table.row(bar.what(), bar.limit(), bar.target(), Figures.NONE, "not measured");
                continue;
            }
            String verdict = !bar.met(value) ? "MISSED" : bar.aimed(value) ? "met, aim reached" : "met";
            if (failed.contains(bar.scenario())) {
                verdict = "MISSED (calls failed)";
            }
            String number = (Figures.number(value, bar.decimals()) + " " + bar.unit()).strip();
            table.row(bar.what(), bar.limit(), bar.target(), number, verdict);
        }
        return table;
    }
}
