package io.patchbay.relay.reconcile;

import io.patchbay.foundation.database.Database;
import io.patchbay.relay.reconcile.ReconcileReport.Line;
import io.patchbay.relay.reconcile.ReconcileReport.Verdict;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Compares request records with a provider's export. Safe for use by many threads; blocks on the database, which is
 * asked one question for each day.
 */
public final class Reconciliation {
    /** Most pairs of day and model of our records in one report. */
    static final int MOST_GROUPS = 100_000;

    private final Database database;

    /** Reads from a database that was opened with the {@link #mappers}. */
    public Reconciliation(Database database) {
        this.database = database;
    }

    /** Returns the mappers to open the database with. */
    public static List<Class<?>> mappers() {
        return List.of(ReconcileMapper.class);
    }

    /**
     * Makes the report.
     *
     * @throws IllegalArgumentException with a sentence when the days do not fit or there is too much to compare
     */
    ReconcileReport report(ReconcileQuery query, UsageExport export) {
        ReconcileQuery.Range range = query.range(export);
        List<Line> lines = new ArrayList<>();
        int groups = 0;
        for (LocalDate day = range.from(); !day.isAfter(range.to()); day = day.plusDays(1)) {
            NavigableMap<String, OurUsage> ours = ours(query, day, MOST_GROUPS - groups);
            groups += ours.size();
            lines.addAll(day(query, day, ours, export.on(day)));
        }
        return new ReconcileReport(
                query.zone(),
                range.from(),
                range.to(),
                export.currency(),
                export.outside(range.from(), range.to()),
                List.copyOf(lines));
    }

    private NavigableMap<String, OurUsage> ours(ReconcileQuery query, LocalDate day, int most) {
        long from = beginning(day, query.zone());
        long until = beginning(day.plusDays(1), query.zone());
        List<ReconcileMapper.Sum> sums =
                database.read(ReconcileMapper.class, mapper -> mapper.sums(query.channel(), from, until, most + 1));
        if (sums.size() > most) {
            throw new IllegalArgumentException("there are more than " + MOST_GROUPS
                    + " pairs of day and model; ask for fewer days with from and to");
        }
        NavigableMap<String, OurUsage> usage = new TreeMap<>();
        for (ReconcileMapper.Sum sum : sums) {
            usage.put(
                    sum.model(),
                    new OurUsage(
                            sum.requests(), sum.input(), sum.output(), sum.cached(), sum.micro(), sum.estimated()));
        }
        return usage;
    }

    private static long beginning(LocalDate day, ZoneId zone) {
        return day.atStartOfDay(zone).toInstant().toEpochMilli();
    }

    private static List<Line> day(
            ReconcileQuery query, LocalDate day, Map<String, OurUsage> ours, Map<String, TheirUsage> theirs) {
        Map<String, String> pairs = ModelNames.pairs(ours.keySet(), theirs.keySet());
        Set<String> paired = new HashSet<>(pairs.values());
        Set<String> models = new TreeSet<>(ours.keySet());
        theirs.keySet().stream().filter(model -> !paired.contains(model)).forEach(models::add);
        List<Line> lines = new ArrayList<>();
        for (String model : models) {
            OurUsage here = ours.get(model);
            String theirModel = here == null ? model : pairs.getOrDefault(model, "");
            TheirUsage there = theirs.get(theirModel);
            lines.add(new Line(
                    day, model, theirModel, here == null ? OurUsage.NONE : here, there, verdict(query, here, there)));
        }
        return lines;
    }

    private static Verdict verdict(ReconcileQuery query, @Nullable OurUsage ours, @Nullable TheirUsage theirs) {
        if (theirs == null) {
            return Verdict.ONLY_OURS;
        }
        if (ours == null) {
            return theirs.nothing() ? Verdict.AGREES : Verdict.ONLY_THEIRS;
        }
        boolean close = close(query, ours.requests(), theirs.requests())
                && close(query, ours.input(), theirs.input())
                && close(query, ours.output(), theirs.output());
        return close ? Verdict.AGREES : Verdict.DIFFERS;
    }

    private static boolean close(ReconcileQuery query, long ours, @Nullable Long theirs) {
        return theirs == null || query.close(ours, theirs);
    }
}
