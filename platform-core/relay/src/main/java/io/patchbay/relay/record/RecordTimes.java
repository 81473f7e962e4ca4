package io.patchbay.relay.record;

import io.patchbay.foundation.seed.SeedTimes;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.ResolverStyle;

/** Times as the routes of the request log read and print them: {@code YYYY-MM-DD HH:MM:SS} in UTC. */
final class RecordTimes {
    private static final DateTimeFormatter SECONDS =
            DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss").withResolverStyle(ResolverStyle.STRICT);
    private static final int DATE_LENGTH = 10;
    private static final int SECONDS_LENGTH = 19;
    private static final long DAY_MS = 86_400_000;
    private static final long SECOND_MS = 1_000;

    private RecordTimes() {}

    /**
     * What a written time covers: a date its whole day, seconds their whole second, a finer time its millisecond.
     *
     * @param from the first moment, in epoch milliseconds
     * @param until the first moment after it, in epoch milliseconds
     */
    record Span(long from, long until) {}

    /** Prints the date of a time. */
    static String date(long epochMs) {
        return print(epochMs).substring(0, DATE_LENGTH);
    }

    /** Prints a time. */
    static String print(long epochMs) {
        return SeedTimes.print(Instant.ofEpochMilli(epochMs));
    }

    /**
     * Reads a time in one of three forms: {@code YYYY-MM-DD}, {@code YYYY-MM-DD HH:MM:SS}, or RFC 3339. The first two are
     * in UTC.
     *
     * @throws IllegalArgumentException with a sentence that names the field
     */
    static Span read(String field, String text) {
        try {
            if (text.length() == DATE_LENGTH) {
                long day = LocalDate.parse(text)
                        .atStartOfDay()
                        .toInstant(ZoneOffset.UTC)
                        .toEpochMilli();
                return new Span(day, day + DAY_MS);
            }
            if (text.length() == SECONDS_LENGTH) {
                long second = LocalDateTime.parse(text.replace('T', ' '), SECONDS)
                        .toInstant(ZoneOffset.UTC)
                        .toEpochMilli();
                return new Span(second, second + SECOND_MS);
            }
            long moment = OffsetDateTime.parse(text).toInstant().toEpochMilli();
            return new Span(moment, moment + 1);
        } catch (DateTimeException | ArithmeticException e) {
            throw new IllegalArgumentException(
                    field + ": expected YYYY-MM-DD HH:MM:SS or YYYY-MM-DD in UTC, or an RFC 3339 time", e);
        }
    }
}
