package io.patchbay.relay.reconcile;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A provider's usage by day and model, added up line by line as the export is read. Only the sums are kept. Confined to
 * one thread.
 */
final class UsageExport {
    /** Most lines of an export, the one with the columns' names included. */
    static final int MOST_LINES = 200_000;

    /** Most sums that are kept; an export has one for each day and model. */
    static final int MOST_GROUPS = 100_000;

    private final ZoneId zone;
    private final NavigableMap<LocalDate, NavigableMap<String, Tally>> days = new TreeMap<>();
    private final Set<ExportColumn> told = EnumSet.noneOf(ExportColumn.class);
    private @Nullable String currency;
    private int groups;

    /** Sums of one day and model. */
    private static final class Tally {
        private long requests;
        private long input;
        private long output;
        private long cached;
        private BigDecimal cost = BigDecimal.ZERO;
    }

    /**
     * Starts with nothing.
     *
     * @param zone in which a moment belongs to a day
     */
    UsageExport(ZoneId zone) {
        this.zone = zone;
    }

    /**
     * Adds a line.
     *
     * @param place where the line is, for errors
     * @param names the columns' names, as the export has them
     * @param places where what is told stands in the line
     * @param cells the line
     * @throws IllegalArgumentException with a sentence that names the line and the column
     */
    void add(String place, List<String> names, Map<ExportColumn, Integer> places, List<String> cells) {
        Line line = new Line(place, names, places, cells);
        LocalDate day = line.read(ExportColumn.DAY, cell -> ExportValues.day(cell, zone), LocalDate.EPOCH);
        String model = line.read(ExportColumn.MODEL, ExportValues::model, "");
        long read = line.count(ExportColumn.CACHE_READ);
        Tally tally = days.computeIfAbsent(day, ignored -> new TreeMap<>()).computeIfAbsent(model, ignored -> {
            groups++;
            return new Tally();
        });
        if (groups > MOST_GROUPS) {
            throw new IllegalArgumentException(
                    place + ": the export has more than " + MOST_GROUPS + " pairs of day and model; send a part of it");
        }
        tally.requests += line.count(ExportColumn.REQUESTS);
        tally.input += line.count(ExportColumn.INPUT) + read + line.count(ExportColumn.CACHE_WRITTEN);
        tally.output += line.count(ExportColumn.OUTPUT);
        tally.cached += line.count(ExportColumn.CACHED) + read;
        tally.cost = tally.cost.add(line.read(ExportColumn.COST, ExportValues::amount, BigDecimal.ZERO));
        told.addAll(places.keySet());
        line.read(ExportColumn.CURRENCY, this::sameCurrency, "");
    }

    private String sameCurrency(String cell) {
        String name = cell.strip();
        if (!name.isEmpty()) {
            if (currency != null && !currency.equalsIgnoreCase(name)) {
                throw new IllegalArgumentException("expected " + ExportValues.shown(currency)
                        + " as on the lines before, found " + ExportValues.shown(name));
            }
            currency = name;
        }
        return name;
    }

    /** One line of cells. */
    private record Line(String place, List<String> names, Map<ExportColumn, Integer> places, List<String> cells) {
        <T> T read(ExportColumn column, Function<String, T> reader, T missing) {
            Integer at = places.get(column);
            if (at == null) {
                return missing;
            }
            try {
                return reader.apply(cells.get(at));
            } catch (IllegalArgumentException e) {
                throw new IllegalArgumentException(
                        place + ", column " + names.get(at).strip() + ": " + e.getMessage(), e);
            }
        }

        long count(ExportColumn column) {
            return read(column, ExportValues::count, 0L);
        }
    }

    /** Returns the first day, {@code null} when there are no lines. */
    @Nullable
    LocalDate first() {
        return days.isEmpty() ? null : days.firstKey();
    }

    /** Returns the last day, {@code null} when there are no lines. */
    @Nullable
    LocalDate last() {
        return days.isEmpty() ? null : days.lastKey();
    }

    /** Returns the currency of the costs as the export names it, {@code null} when it does not. */
    @Nullable
    String currency() {
        return currency;
    }

    /** Returns what was used on a day, by model in the order of names. */
    NavigableMap<String, TheirUsage> on(LocalDate day) {
        NavigableMap<String, TheirUsage> usage = new TreeMap<>();
        days.getOrDefault(day, new TreeMap<>()).forEach((model, tally) -> usage.put(model, usage(tally)));
        return usage;
    }

    /** Returns how many pairs of day and model lie outside of a range of days whose ends count. */
    int outside(LocalDate from, LocalDate to) {
        return days.headMap(from, false).values().stream().mapToInt(Map::size).sum()
                + days.tailMap(to, false).values().stream().mapToInt(Map::size).sum();
    }

    private TheirUsage usage(Tally tally) {
        boolean cached = told.contains(ExportColumn.CACHED) || told.contains(ExportColumn.CACHE_READ);
        return new TheirUsage(
                told.contains(ExportColumn.REQUESTS) ? Long.valueOf(tally.requests) : null,
                told.contains(ExportColumn.INPUT) ? Long.valueOf(tally.input) : null,
                told.contains(ExportColumn.OUTPUT) ? Long.valueOf(tally.output) : null,
                cached ? Long.valueOf(tally.cached) : null,
                told.contains(ExportColumn.COST) ? tally.cost : null);
    }
}
