package io.patchbay.foundation.seed;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.ResolverStyle;
import org.jspecify.annotations.Nullable;

/** Times as the routes of the original print and read them: {@code YYYY-MM-DD HH:MM:SS}, here always in UTC. */
public final class SeedTimes {
    private static final DateTimeFormatter SECONDS =
            DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss").withResolverStyle(ResolverStyle.STRICT);

    /** Earlier and later times are mistakes; the form has four digits for the year. */
    private static final Instant FIRST = Instant.EPOCH;

    private static final Instant LAST = Instant.parse("9999-12-31T23:59:59Z");

    private SeedTimes() {}

    /** Prints a time. */
    public static String print(Instant at) {
        return SECONDS.format(LocalDateTime.ofInstant(at, ZoneOffset.UTC));
    }

    /** Prints a time; null stays null. */
    public static @Nullable String printOrNull(@Nullable Instant at) {
        return at == null ? null : print(at);
    }

    /**
     * Reads a time, also one in the form of RFC 3339.
     *
     * @param field the name of the member, for the message
     * @throws IllegalArgumentException with a sentence that names the field
     */
    public static Instant read(String field, @Nullable String text) {
        String time = text == null ? "" : text.strip();
        try {
            Instant at = time.contains("T")
                    ? OffsetDateTime.parse(time).toInstant()
                    : LocalDateTime.parse(time, SECONDS).toInstant(ZoneOffset.UTC);
            if (at.isBefore(FIRST) || at.isAfter(LAST)) {
                throw new IllegalArgumentException(
                        "%s must lie between %s and %s, is %s".formatted(field, print(FIRST), print(LAST), time));
            }
            return at;
        } catch (DateTimeException e) {
            throw new IllegalArgumentException(
                    "%s must be YYYY-MM-DD HH:MM:SS in UTC, or an RFC 3339 time, is '%s'".formatted(field, time), e);
        }
    }

    /**
     * Reads a time that must lie in the future; nothing stays nothing.
     *
     * @throws IllegalArgumentException with a sentence that names the field
     */
    public static @Nullable Instant future(String field, @Nullable String text, Instant now) {
        if (text == null || text.isBlank()) {
            return null;
        }
        Instant at = read(field, text);
        if (!at.isAfter(now)) {
            throw new IllegalArgumentException("%s must lie in the future, is %s".formatted(field, at));
        }
        return at;
    }
}
