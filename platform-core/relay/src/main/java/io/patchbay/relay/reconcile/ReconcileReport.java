package io.patchbay.relay.reconcile;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Our records beside a provider's export.
 *
 * @param zone where days begin and end
 * @param from the first day
 * @param to the last day, which counts
 * @param currency of the provider's costs; {@code null} when the export names none
 * @param outside how many pairs of day and model of the export lie outside of the days and were left out
 * @param lines by day, and within a day by model
 */
record ReconcileReport(
        ZoneId zone, LocalDate from, LocalDate to, @Nullable String currency, int outside, List<Line> lines) {
    /** What comes of a comparison. */
    enum Verdict {
        AGREES,
        DIFFERS,
        ONLY_OURS,
        ONLY_THEIRS;

        /** Returns the name that clients see. */
        String label() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /**
     * One model on one day.
     *
     * @param model as our records name it, or the export when they do not have it
     * @param theirModel as the export names it, empty when it does not have it
     * @param theirs {@code null} when the export does not have it
     */
    record Line(
            LocalDate day,
            String model,
            String theirModel,
            OurUsage ours,
            @Nullable TheirUsage theirs,
            Verdict verdict) {
        /** Returns what ours have more than theirs. */
        Difference difference() {
            return Difference.of(ours, theirs);
        }
    }

    /** What ours have more than theirs, negative when they have less; {@code null} where the export tells nothing. */
    record Difference(
            @Nullable Long requests,
            @Nullable Long input,
            @Nullable Long output) {
        static Difference of(OurUsage ours, @Nullable TheirUsage theirs) {
            return theirs == null
                    ? new Difference(ours.requests(), ours.input(), ours.output())
                    : new Difference(
                            minus(ours.requests(), theirs.requests()),
                            minus(ours.input(), theirs.input()),
                            minus(ours.output(), theirs.output()));
        }

        private static @Nullable Long minus(long ours, @Nullable Long theirs) {
            return theirs == null ? null : Long.valueOf(ours - theirs);
        }
    }

    /** Sums over all lines; {@code theirs} is {@code null} when the export has nothing of these days. */
    record Totals(OurUsage ours, @Nullable TheirUsage theirs, Map<Verdict, Integer> verdicts) {}

    /** Returns whether all lines agree. */
    boolean agrees() {
        return lines.stream().allMatch(line -> line.verdict() == Verdict.AGREES);
    }

    /** Adds everything up. */
    Totals totals() {
        OurUsage ours = OurUsage.NONE;
        TheirUsage theirs = null;
        Map<Verdict, Integer> verdicts = new EnumMap<>(Verdict.class);
        for (Verdict verdict : Verdict.values()) {
            verdicts.put(verdict, 0);
        }
        for (Line line : lines) {
            ours = ours.plus(line.ours());
            TheirUsage more = line.theirs();
            if (more != null) {
                theirs = theirs == null ? more : sum(theirs, more);
            }
            verdicts.merge(line.verdict(), 1, Integer::sum);
        }
        return new Totals(ours, theirs, verdicts);
    }

    private static TheirUsage sum(TheirUsage one, TheirUsage other) {
        BigDecimal cost = one.cost();
        BigDecimal otherCost = other.cost();
        return new TheirUsage(
                sum(one.requests(), other.requests()),
                sum(one.input(), other.input()),
                sum(one.output(), other.output()),
                sum(one.cached(), other.cached()),
                cost == null || otherCost == null ? null : cost.add(otherCost));
    }

    private static @Nullable Long sum(@Nullable Long one, @Nullable Long other) {
        return one == null || other == null ? null : Long.valueOf(one + other);
    }
}
