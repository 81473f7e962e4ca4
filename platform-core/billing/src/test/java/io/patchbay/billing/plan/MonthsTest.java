package io.patchbay.billing.plan;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.YearMonth;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.List;
import java.util.stream.LongStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;

final class MonthsTest {
    private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");
    private static final ZoneId NEW_YORK = ZoneId.of("America/New_York");
    private static final Instant FROM = Instant.parse("2024-01-01T00:00:00Z");

    /** In minutes. */
    private static final long TEN_YEARS = 5_259_492;

    private static final Duration TICK = Duration.ofMillis(1);

    @Test
    void monthsFromTheLastOfJanuaryEndAtTheLastOfEachMonth() {
        Months months = new Months(Instant.parse("2027-01-31T12:00:00Z"), ZoneOffset.UTC);

        assertThat(ends(months, "2027-01-31T12:00:00Z", 14))
                .containsExactly(
                        "2027-02-28T12:00:00Z",
                        "2027-03-31T12:00:00Z",
                        "2027-04-30T12:00:00Z",
                        "2027-05-31T12:00:00Z",
                        "2027-06-30T12:00:00Z",
                        "2027-07-31T12:00:00Z",
                        "2027-08-31T12:00:00Z",
                        "2027-09-30T12:00:00Z",
                        "2027-10-31T12:00:00Z",
                        "2027-11-30T12:00:00Z",
                        "2027-12-31T12:00:00Z",
                        "2028-01-31T12:00:00Z",
                        "2028-02-29T12:00:00Z",
                        "2028-03-31T12:00:00Z");
    }

    @Test
    void aLeapDayComesBackEachFourthYear() {
        Instant anchor = Instant.parse("2028-02-29T08:30:00Z");
        Months months = new Months(anchor, ZoneOffset.UTC);

        assertThat(months.plus(anchor, 12)).isEqualTo("2029-02-28T08:30:00Z");
        assertThat(months.plus(anchor, 48)).isEqualTo("2032-02-29T08:30:00Z");
        assertThat(months.plus(Instant.parse("2029-02-28T08:30:00Z"), 36)).isEqualTo("2032-02-29T08:30:00Z");
    }

    @Test
    void whatWasShiftedOffTheAnchorIsCountedFromItself() {
        Months months = new Months(Instant.parse("2027-01-31T12:00:00Z"), ZoneOffset.UTC);

        assertThat(months.plus(Instant.parse("2027-02-27T07:00:00Z"), 1)).isEqualTo("2027-03-27T07:00:00Z");
        assertThat(months.plus(Instant.parse("2027-02-28T12:00:00Z"), 1)).isEqualTo("2027-03-31T12:00:00Z");
    }

    @Test
    void timesBeforeTheAnchorBelongToItsFirstMonth() {
        Months months = new Months(Instant.parse("2027-05-10T00:00:00Z"), ZoneOffset.UTC);

        assertThat(months.begin(Instant.parse("2020-01-01T00:00:00Z"))).isEqualTo("2027-05-10T00:00:00Z");
        assertThat(months.end(Instant.parse("2020-01-01T00:00:00Z"))).isEqualTo("2027-06-10T00:00:00Z");
    }

    @Test
    void clocksThatJumpMoveTheInstantButNotTheHour() {
        Months berlin = new Months(Instant.parse("2027-03-15T11:00:00Z"), BERLIN);

        assertThat(berlin.end(Instant.parse("2027-03-20T00:00:00Z"))).isEqualTo("2027-04-15T10:00:00Z");
        assertThat(berlin.end(Instant.parse("2027-10-20T00:00:00Z"))).isEqualTo("2027-11-15T11:00:00Z");
    }

    @Test
    void anHourThatTheClocksSkipDoesNotBeginTheMonthEarly() {
        // In New York, 02:30 of 14 March 2027 does not exist: the clocks go from 02:00 to 03:00.
        Instant anchor = ZonedDateTime.of(2027, 2, 14, 2, 30, 0, 0, NEW_YORK).toInstant();
        Months months = new Months(anchor, NEW_YORK);
        Instant begin = Instant.parse("2027-03-14T07:30:00Z"); // 03:30 there

        assertThat(months.begin(Instant.parse("2027-03-14T07:10:00Z"))).isEqualTo(anchor);
        assertThat(months.end(Instant.parse("2027-03-14T07:10:00Z"))).isEqualTo(begin);
        assertThat(months.begin(begin)).isEqualTo(begin);
        assertThat(months.end(begin)).isEqualTo("2027-04-14T06:30:00Z");
    }

    @Test
    void anHourThatComesTwiceBeginsTheMonthOnce() {
        // In New York, 01:30 of 7 November 2027 comes at 05:30 and at 06:30 UTC.
        Months months =
                new Months(ZonedDateTime.of(2027, 10, 7, 1, 30, 0, 0, NEW_YORK).toInstant(), NEW_YORK);
        Instant begin = Instant.parse("2027-11-07T05:30:00Z");

        assertThat(months.begin(begin)).isEqualTo(begin);
        assertThat(months.begin(Instant.parse("2027-11-07T06:15:00Z"))).isEqualTo(begin);
        assertThat(months.begin(Instant.parse("2027-11-07T06:30:00Z"))).isEqualTo(begin);
    }

    @Property
    void aTimeLiesInItsMonth(
            @ForAll @LongRange(max = TEN_YEARS) long anchorMinute,
            @ForAll @LongRange(max = TEN_YEARS) long minute,
            @ForAll("zones") ZoneId zone) {
        Months months = new Months(at(anchorMinute), zone);
        Instant now = at(anchorMinute).plus(Duration.ofMinutes(minute));

        assertThat(months.begin(now)).isBeforeOrEqualTo(now);
        assertThat(months.end(now)).isAfter(now);
        assertThat(Duration.between(months.begin(now), months.end(now)))
                .isBetween(
                        Duration.ofDays(28).minusHours(1), Duration.ofDays(31).plusHours(1));
    }

    @Property
    void monthsFollowOneAnotherWithoutGapOrOverlap(
            @ForAll @LongRange(max = TEN_YEARS) long anchorMinute,
            @ForAll @IntRange(max = 200) int count,
            @ForAll("zones") ZoneId zone) {
        Instant anchor = at(anchorMinute);
        Months months = new Months(anchor, zone);
        Instant begin = months.plus(anchor, count);
        Instant end = months.plus(anchor, count + 1);

        assertThat(months.begin(begin)).isEqualTo(begin);
        assertThat(months.end(begin)).isEqualTo(end);
        assertThat(months.begin(end.minus(TICK))).isEqualTo(begin);
        assertThat(months.end(end.minus(TICK))).isEqualTo(end);
        assertThat(months.begin(end)).isEqualTo(end);
        assertThat(months.plus(begin, 7)).isEqualTo(months.plus(anchor, count + 7));
    }

    @Property
    void theDayOfTheAnchorIsKept(
            @ForAll @LongRange(max = TEN_YEARS) long anchorMinute,
            @ForAll @IntRange(max = 200) int count,
            @ForAll("zones") ZoneId zone) {
        ZonedDateTime anchor = at(anchorMinute).atZone(zone);
        ZonedDateTime begin = new Months(anchor.toInstant(), zone)
                .plus(anchor.toInstant(), count)
                .atZone(zone);

        YearMonth expected = YearMonth.from(anchor).plusMonths(count);
        assertThat(YearMonth.from(begin)).isEqualTo(expected);
        assertThat(begin.getDayOfMonth()).isEqualTo(Math.min(anchor.getDayOfMonth(), expected.lengthOfMonth()));
        LocalTime hour = anchor.toLocalTime();
        assertThat(begin.toLocalTime()).isIn(hour, hour.plusHours(1)); // later only where the clocks skip it
    }

    @Provide
    Arbitrary<ZoneId> zones() {
        return Arbitraries.of(BERLIN, NEW_YORK, ZoneOffset.UTC);
    }

    private static Instant at(long minute) {
        return FROM.plus(Duration.ofMinutes(minute));
    }

    private static List<String> ends(Months months, String first, int count) {
        return LongStream.rangeClosed(1, count)
                .mapToObj(month -> months.plus(Instant.parse(first), month))
                .map(end -> months.end(end.minus(TICK)).toString())
                .toList();
    }
}
