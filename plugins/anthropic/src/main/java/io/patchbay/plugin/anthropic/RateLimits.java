package io.patchbay.plugin.anthropic;

import io.patchbay.dialects.anthropic.AnthropicFaults;
import io.patchbay.spi.Fault;
import io.patchbay.spi.FaultKind;
import io.patchbay.spi.http.Answer;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** When a limit that was hit is open again, where only the vendor's own headers say (Rate limits, read 2026-11). */
final class RateLimits {
    private static final String PREFIX = "anthropic-ratelimit-";
    private static final List<String> LIMITS = List.of("requests", "tokens", "input-tokens", "output-tokens");
    /** The windows of a subscription are at most this long. */
    private static final Duration LONGEST = Duration.ofDays(7);

    private RateLimits() {}

    /** Returns the fault of an answer without success. */
    static Fault fault(Answer answer, Instant now) {
        Fault fault = AnthropicFaults.of(answer);
        if (fault.kind() != FaultKind.RATE || fault.after() != null) {
            return fault;
        }
        Instant open = open(answer);
        if (open == null || !open.isAfter(now)) {
            return fault;
        }
        Duration wait = Duration.between(now, open);
        return fault.toBuilder()
                .after(wait.compareTo(LONGEST) > 0 ? LONGEST : wait)
                .build();
    }

    /** Of the limits that are used up, the one that comes back last; a subscription has one word for all of its own. */
    private static @Nullable Instant open(Answer answer) {
        String unified = answer.header(PREFIX + "unified-reset");
        Instant last = unified != null && unified.strip().matches("\\d{1,12}")
                ? Instant.ofEpochSecond(Long.parseLong(unified.strip()))
                : null;
        for (String limit : LIMITS) {
            String left = answer.header(PREFIX + limit + "-remaining");
            Instant reset =
                    left != null && left.strip().equals("0") ? instant(answer.header(PREFIX + limit + "-reset")) : null;
            if (reset != null && (last == null || reset.isAfter(last))) {
                last = reset;
            }
        }
        return last;
    }

    private static @Nullable Instant instant(@Nullable String text) {
        try {
            return text == null ? null : Instant.parse(text.strip());
        } catch (DateTimeException e) {
            return null;
        }
    }
}
