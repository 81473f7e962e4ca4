package io.patchbay.dialects.fault;

import io.patchbay.spi.FaultKind;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** How long a vendor asks to wait. */
final class RetryDelay {
    private static final Duration LONGEST = Duration.ofDays(7);
    private static final Pattern GO_PART = Pattern.compile("(\\d{1,9}(?:\\.\\d{1,9})?)(ms|us|µs|ns|h|m|s)");
    private static final Pattern TRY_AGAIN = Pattern.compile(
            "(?:try again|retry) (?:in|after) ((?:\\d[\\d.]*(?:ms|h|m|s))+|\\d[\\d.]* ?seconds?)",
            Pattern.CASE_INSENSITIVE);

    private RetryDelay() {}

    static @Nullable Duration of(
            FaultKind kind, Function<String, @Nullable String> header, ErrorWords words, Instant now) {
        Duration delay = firstOf(kind, header, words, now);
        if (delay == null) {
            return null;
        }
        return delay.isNegative() ? Duration.ZERO : delay.compareTo(LONGEST) > 0 ? LONGEST : delay;
    }

    private static @Nullable Duration firstOf(
            FaultKind kind, Function<String, @Nullable String> header, ErrorWords words, Instant now) {
        Duration delay = number(header.apply("retry-after-ms"), 1);
        if (delay == null) {
            delay = retryAfter(header.apply("retry-after"), now);
        }
        if (delay == null && words.retryDelay() != null) {
            delay = goDuration(words.retryDelay());
        }
        if (delay != null || (kind != FaultKind.RATE && kind != FaultKind.QUOTA && kind != FaultKind.RETRY)) {
            return delay;
        }
        if (kind == FaultKind.RATE) {
            delay = reset(header, now);
        }
        if (delay == null) {
            Matcher again = TRY_AGAIN.matcher(words.message());
            if (again.find()) {
                String time = again.group(1).toLowerCase(Locale.ROOT);
                delay = goDuration(time.replaceFirst(" ?seconds?$", "s"));
            }
        }
        return delay;
    }

    private static @Nullable Duration retryAfter(@Nullable String value, Instant now) {
        Duration seconds = number(value, 1_000);
        if (seconds != null || value == null) {
            return seconds;
        }
        try {
            Instant date = ZonedDateTime.parse(value.trim(), DateTimeFormatter.RFC_1123_DATE_TIME)
                    .toInstant();
            return Duration.between(now, date);
        } catch (DateTimeException e) {
            return null;
        }
    }

    /** Of the limits that are used up, the one that comes back last. */
    private static @Nullable Duration reset(Function<String, @Nullable String> header, Instant now) {
        Duration longest = null;
        for (String what : new String[] {"-requests", "-tokens"}) {
            String left = header.apply("x-ratelimit-remaining" + what);
            if (left != null && left.trim().equals("0")) {
                Duration wait = time(header.apply("x-ratelimit-reset" + what), now);
                longest = longest == null || wait != null && wait.compareTo(longest) > 0 ? wait : longest;
            }
        }
        return longest != null ? longest : time(header.apply("x-ratelimit-reset"), now);
    }

    /** Reads a Go duration, a point in time (seconds or milliseconds since 1970, RFC 3339), or seconds. */
    private static @Nullable Duration time(@Nullable String value, Instant now) {
        if (value == null) {
            return null;
        }
        Duration seconds = number(value, 1_000);
        if (seconds != null) {
            long number = seconds.toSeconds();
            if (number > 1_000_000_000_000L) {
                return Duration.between(now, Instant.ofEpochMilli(number));
            }
            return number > 1_000_000_000L ? Duration.between(now, Instant.ofEpochSecond(number)) : seconds;
        }
        try {
            return Duration.between(now, ZonedDateTime.parse(value.trim()).toInstant());
        } catch (DateTimeException e) {
            return goDuration(value.trim());
        }
    }

    private static @Nullable Duration number(@Nullable String value, long millisEach) {
        if (value == null || !value.trim().matches("-?\\d{1,15}(\\.\\d{1,9})?")) {
            return null;
        }
        return Duration.ofMillis(new BigDecimal(value.trim())
                .multiply(BigDecimal.valueOf(millisEach))
                .longValue());
    }

    private static @Nullable Duration goDuration(String text) {
        Matcher part = GO_PART.matcher(text);
        Duration sum = Duration.ZERO;
        int at = 0;
        while (part.find() && part.start() == at) {
            at = part.end();
            BigDecimal nanos = new BigDecimal(part.group(1)).multiply(BigDecimal.valueOf(nanos(part.group(2))));
            sum = sum.plusNanos(nanos.longValue());
        }
        return at == text.length() && at > 0 ? sum : null;
    }

    private static long nanos(String unit) {
        return switch (unit) {
            case "h" -> 3_600_000_000_000L;
            case "m" -> 60_000_000_000L;
            case "s" -> 1_000_000_000L;
            case "ms" -> 1_000_000L;
            case "us", "µs" -> 1_000L;
            default -> 1L;
        };
    }
}
