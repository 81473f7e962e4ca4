package io.patchbay.relay.reconcile;

import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;

/**
 * What is to be compared.
 *
 * @param channel only calls that this channel answered; {@code null} for all
 * @param from the first day; {@code null} for the first of the export
 * @param to the last day, which counts; {@code null} for the last of the export
 * @param zone where days begin and end
 * @param tolerance by how many percent of the provider's count ours may differ and still agree, 0 to 100
 */
record ReconcileQuery(
        @Nullable Long channel,
        @Nullable LocalDate from,
        @Nullable LocalDate to,
        ZoneId zone,
        BigDecimal tolerance) {
    /** Most days of a report. */
    static final int MOST_DAYS = 366;

    private static final int LONGEST_NUMBER = 20;
    private static final BigDecimal HUNDRED = BigDecimal.valueOf(100);

    /**
     * Reads the parameters of an address; all but {@code channel} may be absent or empty.
     *
     * @throws IllegalArgumentException with a sentence that names the parameter
     */
    static ReconcileQuery read(
            @Nullable String channel,
            @Nullable String from,
            @Nullable String to,
            @Nullable String zone,
            @Nullable String tolerance) {
        return new ReconcileQuery(
                channel(plain(channel)),
                day("from", plain(from)),
                day("to", plain(to)),
                zone(plain(zone)),
                tolerance(plain(tolerance)));
    }

    private static String plain(@Nullable String text) {
        return text == null ? "" : text.strip();
    }

    private static @Nullable Long channel(String text) {
        if (text.equals("all")) {
            return null;
        }
        try {
            return Long.valueOf(text);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("channel: expected a channel's number, or all", e);
        }
    }

    private static @Nullable LocalDate day(String name, String text) {
        try {
            return text.isEmpty() ? null : LocalDate.parse(text);
        } catch (DateTimeException e) {
            throw new IllegalArgumentException(name + ": expected a day as YYYY-MM-DD", e);
        }
    }

    private static ZoneId zone(String text) {
        try {
            return ZoneId.of(text.isEmpty() ? "UTC" : text);
        } catch (DateTimeException e) {
            throw new IllegalArgumentException("zone: expected a time zone such as UTC or Asia/Shanghai", e);
        }
    }

    private static BigDecimal tolerance(String text) {
        try {
            BigDecimal percent = text.isEmpty() ? BigDecimal.ZERO : new BigDecimal(text);
            if (text.length() <= LONGEST_NUMBER && percent.signum() >= 0 && percent.compareTo(HUNDRED) <= 0) {
                return percent;
            }
        } catch (NumberFormatException e) {
            throw noTolerance();
        }
        throw noTolerance();
    }

    private static IllegalArgumentException noTolerance() {
        return new IllegalArgumentException("tolerance: expected a percentage from 0 to 100");
    }

    /**
     * Returns this with the days of an export where none are told.
     *
     * @throws IllegalArgumentException with a sentence when there is no day at all, or they are too many
     */
    Range range(UsageExport export) {
        LocalDate first = from == null ? export.first() : from;
        LocalDate last = to == null ? export.last() : to;
        if (first == null || last == null) {
            throw new IllegalArgumentException("the export has no lines; tell the days with from and to");
        }
        if (last.isBefore(first)) {
            throw new IllegalArgumentException("to: expected " + first + " or a later day, found " + last);
        }
        if (first.getYear() < 1970 || ChronoUnit.DAYS.between(first, last) >= MOST_DAYS) {
            throw new IllegalArgumentException(
                    "from, to: expected at most " + MOST_DAYS + " days, found " + first + " to " + last);
        }
        return new Range(first, last);
    }

    /** Days; both ends count. */
    record Range(LocalDate from, LocalDate to) {}

    /** Returns whether a count of ours is close enough to the provider's. */
    boolean close(long ours, long theirs) {
        BigDecimal difference =
                BigDecimal.valueOf(ours).subtract(BigDecimal.valueOf(theirs)).abs();
        return difference.multiply(HUNDRED).compareTo(tolerance.multiply(BigDecimal.valueOf(theirs))) <= 0;
    }
}
