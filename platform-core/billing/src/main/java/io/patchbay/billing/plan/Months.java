package io.patchbay.billing.plan;

import java.time.Instant;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoUnit;

/**
 * Calendar months counted from an anchor, in a time zone. A month that is too short ends at its last day, and the next
 * one has the anchor's day again: from 31 January it goes to 28 February and 31 March.
 */
final class Months {
    private final ZonedDateTime anchor;

    Months(Instant anchor, ZoneId zone) {
        this.anchor = anchor.atZone(zone);
    }

    /** Returns the beginning of the month in which a time lies, which is the anchor for times before it. */
    Instant begin(Instant now) {
        return after(count(now));
    }

    /** Returns the end of the month in which a time lies. */
    Instant end(Instant now) {
        return after(count(now) + 1);
    }

    /** Returns a time that many months after another one, which is counted from the anchor when it lies on it. */
    Instant plus(Instant base, long months) {
        long count = count(base);
        return after(count).equals(base)
                ? after(count + months)
                : base.atZone(anchor.getZone()).plusMonths(months).toInstant();
    }

    private long count(Instant now) {
        long count = Math.max(0, ChronoUnit.MONTHS.between(anchor, now.atZone(anchor.getZone())));
        // The library compares what the clocks say, which jump when daylight saving begins,
        while (count > 0 && after(count).isAfter(now)) {
            count--;
        }
        // and counts 31 January to 28 February as less than a month.
        while (!after(count + 1).isAfter(now)) {
            count++;
        }
        return count;
    }

    private Instant after(long months) {
        return anchor.plusMonths(months).toInstant();
    }
}
