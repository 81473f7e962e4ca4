package io.patchbay.relay.reconcile;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.regex.Pattern;

/** Reads cells of a usage export. Refusals are sentences that say what was expected and what was found. */
final class ExportValues {
    /** The largest count that a cell may hold; sums over all lines stay within a {@code long}. */
    static final long MAX_COUNT = 1_000_000_000_000L;

    private static final int LONGEST_NUMBER = 40;
    private static final int LONGEST_NAME = 255;
    private static final int LONGEST_SHOWN = 60;
    private static final int MOST_DIGITS = 18;
    private static final int DATE_LENGTH = 10;
    private static final int COMPACT_DATE_LENGTH = 8;
    private static final BigDecimal FIRST_MILLISECONDS = BigDecimal.valueOf(100_000_000_000L);
    private static final BigDecimal SECOND_MS = BigDecimal.valueOf(1_000);
    private static final Pattern NUMBER = Pattern.compile("[+-]?\\d{1,30}(\\.\\d{1,30})?([eE][+-]?\\d{1,2})?");
    private static final LocalDate FIRST_DAY = LocalDate.of(2000, 1, 1);
    private static final LocalDate LAST_DAY = LocalDate.of(2199, 12, 31);

    private ExportValues() {}

    /**
     * Reads a day: an ISO date, which is taken as it is; an instant or epoch seconds, whose day depends on the zone; or
     * a time without an offset, which is taken to be in the zone.
     */
    static LocalDate day(String cell, ZoneId zone) {
        String text = cell.strip();
        try {
            LocalDate day = read(text, zone);
            if (!day.isBefore(FIRST_DAY) && !day.isAfter(LAST_DAY)) {
                return day;
            }
        } catch (DateTimeException | ArithmeticException e) {
            throw noDay(text);
        }
        throw noDay(text);
    }

    private static LocalDate read(String text, ZoneId zone) {
        if (text.length() == COMPACT_DATE_LENGTH && text.chars().allMatch(c -> c >= '0' && c <= '9')) {
            return LocalDate.parse(text, DateTimeFormatter.BASIC_ISO_DATE);
        }
        if (NUMBER.matcher(text).matches()) {
            BigDecimal seconds = new BigDecimal(text);
            BigDecimal millis = seconds.compareTo(FIRST_MILLISECONDS) < 0 ? seconds.multiply(SECOND_MS) : seconds;
            return LocalDate.ofInstant(
                    Instant.ofEpochMilli(millis.toBigInteger().longValueExact()), zone);
        }
        if (text.length() <= DATE_LENGTH) {
            return LocalDate.parse(text);
        }
        String iso = text.replace(" UTC", "Z").replace(' ', 'T');
        boolean offset = iso.endsWith("Z") || iso.indexOf('+') > 0 || iso.lastIndexOf('-') > DATE_LENGTH;
        return offset
                ? LocalDate.ofInstant(OffsetDateTime.parse(iso).toInstant(), zone)
                : LocalDateTime.parse(iso).toLocalDate();
    }

    private static IllegalArgumentException noDay(String text) {
        return new IllegalArgumentException(
                "expected a date (YYYY-MM-DD), an RFC 3339 time or epoch seconds, found " + shown(text));
    }

    /** Reads a model's name. */
    static String model(String cell) {
        String name = cell.strip();
        if (name.isEmpty()) {
            throw new IllegalArgumentException(
                    "expected a model's name, found nothing; let the provider group its export by model");
        }
        if (name.length() > LONGEST_NAME) {
            throw new IllegalArgumentException("expected a model's name of at most " + LONGEST_NAME + " characters");
        }
        return name;
    }

    /** Reads a count; an empty cell is 0. */
    static long count(String cell) {
        String text = cell.strip();
        if (text.isEmpty()) {
            return 0;
        }
        if (text.length() <= LONGEST_NUMBER && NUMBER.matcher(text).matches()) {
            try {
                BigInteger count = new BigDecimal(text).toBigIntegerExact();
                if (count.signum() >= 0 && count.compareTo(BigInteger.valueOf(MAX_COUNT)) <= 0) {
                    return count.longValueExact();
                }
            } catch (ArithmeticException e) {
                throw noCount(text);
            }
        }
        throw noCount(text);
    }

    private static IllegalArgumentException noCount(String text) {
        return new IllegalArgumentException(
                "expected a whole number from 0 to " + MAX_COUNT + ", found " + shown(text));
    }

    /** Reads an amount of money, in whatever currency; an empty cell is 0, a credit note is negative. */
    static BigDecimal amount(String cell) {
        String text = cell.strip();
        if (text.isEmpty()) {
            return BigDecimal.ZERO;
        }
        if (text.length() <= LONGEST_NUMBER && NUMBER.matcher(text).matches()) {
            BigDecimal amount = new BigDecimal(text);
            if (amount.signum() == 0) {
                return BigDecimal.ZERO;
            }
            if (amount.precision() - amount.scale() <= MOST_DIGITS) {
                return amount;
            }
        }
        throw new IllegalArgumentException("expected an amount such as 12.34, found " + shown(text));
    }

    /** Returns a text of the export as an error may show it: short, on one line, in quotes. */
    static String shown(String text) {
        String line = text.strip().replaceAll("\\p{Cntrl}", " ");
        return '"' + (line.length() <= LONGEST_SHOWN ? line : line.substring(0, LONGEST_SHOWN) + "...") + '"';
    }
}
