package io.patchbay.relay.record;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchbay.billing.ledger.Actor;
import io.patchbay.billing.ledger.LedgerEntry;
import io.patchbay.foundation.testing.TestDatabase;
import io.patchbay.relay.record.RecordQuery.Type;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

final class RecordsTest {
    private static final long ANN = 7;
    private static final long BOB = 8;

    @TempDir
    private Path folder;

    private static RecordQuery query(@Nullable Long user, Type type, int page, int size) {
        return new RecordQuery(user, 0, Long.MAX_VALUE, "", "", type, null, "", page, size);
    }

    private static RecordQuery between(String from, String until) {
        return new RecordQuery(null, millis(from), millis(until), "", "", Type.CONSUME, null, "", 0, 100);
    }

    private static long millis(String time) {
        return Instant.parse(time).toEpochMilli();
    }

    private static List<String> ids(Records.Page page) {
        return page.lines().stream().map(RecordLine::id).toList();
    }

    private static RequestRecord record(RecordLine line) {
        return ((RecordLine.Call) line).record();
    }

    @ParameterizedTest
    @EnumSource
    void aRecordComesBackAsItWasStored(TestDatabase kind) {
        try (RecordWorld world = new RecordWorld(kind, folder)) {
            RequestRecord call = new RequestRecord(
                    "r",
                    ANN,
                    2,
                    "m",
                    "um",
                    3,
                    "p",
                    "1",
                    4,
                    true,
                    "answered",
                    "RATE",
                    5,
                    6,
                    7,
                    8,
                    9,
                    true,
                    10,
                    11,
                    "plan",
                    504,
                    "Kanal ✓",
                    "t",
                    12,
                    13,
                    14,
                    "a=b\n");
            world.store(call);

            assertThat(world.records.page(query(ANN, Type.CONSUME, 0, 10), null).lines())
                    .containsExactly(new RecordLine.Call(call));
        }
    }

    @ParameterizedTest
    @EnumSource
    void pagesAreNewestFirstAndTieBrokenById(TestDatabase kind) {
        try (RecordWorld world = new RecordWorld(kind, folder)) {
            world.call("a", ANN, "2030-03-10T10:00:00Z");
            world.call("c", ANN, "2030-03-10T10:00:01Z");
            world.call("b", ANN, "2030-03-10T10:00:01Z");
            world.call("d", BOB, "2030-03-10T10:00:02Z");

            assertThat(ids(world.records.page(query(null, Type.CONSUME, 0, 3), null)))
                    .containsExactly("d", "c", "b");
            Records.Page second = world.records.page(query(null, Type.CONSUME, 1, 3), null);
            assertThat(ids(second)).containsExactly("a");
            assertThat(second.total()).isEqualTo(4);
            assertThat(second.more()).isFalse();
            assertThat(ids(world.records.page(query(null, Type.CONSUME, 2, 3), null)))
                    .isEmpty();
            assertThat(ids(world.records.page(query(ANN, Type.CONSUME, 0, 10), null)))
                    .containsExactly("c", "b", "a");
        }
    }

    @ParameterizedTest
    @EnumSource
    void theFirstMomentCountsAndTheLastDoesNot(TestDatabase kind) {
        try (RecordWorld world = new RecordWorld(kind, folder)) {
            world.call("before", ANN, "2030-03-09T23:59:59.999Z");
            world.call("first", ANN, "2030-03-10T00:00:00Z");
            world.call("last", ANN, "2030-03-10T23:59:59.999Z");
            world.call("after", ANN, "2030-03-11T00:00:00Z");

            assertThat(ids(world.records.page(between("2030-03-10T00:00:00Z", "2030-03-11T00:00:00Z"), null)))
                    .containsExactly("last", "first");
        }
    }

    @ParameterizedTest
    @EnumSource
    void filtersKeepWhatFitsAllOfThem(TestDatabase kind) {
        try (RecordWorld world = new RecordWorld(kind, folder)) {
            Instant at = Instant.parse("2030-03-10T10:00:00Z");
            world.store(
                    Calls.call("1", ANN, 5, "gpt-4o", 3, "answered", "", at),
                    Calls.call("2", ANN, 6, "gpt-4o", 3, "answered", "", at),
                    Calls.call("3", ANN, 5, "gpt-4", 3, "answered", "", at),
                    Calls.call("4", ANN, 5, "gpt-4o", 4, "answered", "", at),
                    Calls.call("5", ANN, 5, "gpt-4o", 3, "failed", "RATE", at),
                    Calls.call("6", BOB, 7, "gpt-4o", 3, "answered", "", at));
            RecordQuery all = new RecordQuery(ANN, 0, Long.MAX_VALUE, "key", "gpt-4o", Type.ALL, 3L, "answered", 0, 10);

            Records.Page page = world.records.page(all, List.of(5L));

            assertThat(ids(page)).containsExactly("1");
            assertThat(page.total()).isEqualTo(1);
            assertThat(ids(world.records.page(all, List.of()))).isEmpty();
            assertThat(world.records.page(all, List.of()).total()).isZero();
        }
    }

    @ParameterizedTest
    @EnumSource
    void callsAndChangesOfBalancesAreOneListByTime(TestDatabase kind) {
        try (RecordWorld world = new RecordWorld(kind, folder)) {
            world.credit(ANN, 5_000_000, "a gift");
            world.clock.advance(Duration.ofSeconds(2));
            world.credit(ANN, -2_000_000, "plan bought");
            world.clock.advance(Duration.ofSeconds(2));
            world.ledger.setBalance(ANN, 9_000_000, new Actor(1, "chief"), "corrected");
            world.credit(BOB, 1, "for somebody else");
            world.call("early", ANN, "2030-03-10T11:59:59Z");
            world.call("middle", ANN, "2030-03-10T12:00:01Z");
            world.call("late", ANN, "2030-03-10T12:00:05Z");

            Records.Page all = world.records.page(query(ANN, Type.ALL, 0, 10), null);
            assertThat(all.lines().stream().map(line -> line.type() + " " + RecordDetail.of(line, false)))
                    .map(text -> text.replaceAll("10 in.*", "call"))
                    .containsExactly(
                            "CONSUME call",
                            "TOPUP corrected",
                            "SYSTEM plan bought",
                            "CONSUME call",
                            "TOPUP a gift",
                            "CONSUME call");
            assertThat(all.total()).isEqualTo(6);
            List<RecordLine> turned = new ArrayList<>();
            for (int page = 0; page < 3; page++) {
                turned.addAll(
                        world.records.page(query(ANN, Type.ALL, page, 2), null).lines());
            }
            assertThat(turned).isEqualTo(all.lines());

            assertThat(world.records.page(query(ANN, Type.TOPUP, 0, 10), null).total())
                    .isEqualTo(2);
            assertThat(world.records.page(query(ANN, Type.SYSTEM, 0, 10), null).lines())
                    .extracting(line -> RecordDetail.of(line, true))
                    .containsExactly("plan bought (by 1:chief)");
            assertThat(world.records.page(query(null, Type.TOPUP, 0, 10), null).total())
                    .isEqualTo(3);
        }
    }

    @ParameterizedTest
    @EnumSource
    void everyKindOfLineButOutcomesOfCallsIsShown(TestDatabase kind) {
        try (RecordWorld world = new RecordWorld(kind, folder)) {
            for (LedgerEntry.Kind line : LedgerEntry.Kind.values()) {
                world.run(
                        "INSERT INTO ledger_entry (user_id, request_id, kind, micro, written_off, balance_after, actor,"
                                + " reason, created_at) VALUES (7, 'r', '" + line + "', 5, 0, 0, '1:chief', 'as " + line
                                + "', 1000)");
            }
            List<String> expected = Arrays.stream(LedgerEntry.Kind.values())
                    .filter(line -> line != LedgerEntry.Kind.SETTLE && line != LedgerEntry.Kind.RELEASE)
                    .map(line -> "as " + line)
                    .toList();

            Records.Page page = world.records.page(query(ANN, Type.TOPUP, 0, 10), null);

            assertThat(page.lines())
                    .extracting(line -> RecordDetail.of(line, false))
                    .containsExactlyInAnyOrderElementsOf(expected);
            assertThat(page.total()).isEqualTo(expected.size());
        }
    }

    @ParameterizedTest
    @EnumSource
    void whatATaskWasChargedLaterIsShownWithItsCall(TestDatabase kind) {
        try (RecordWorld world = new RecordWorld(kind, folder)) {
            world.credit(ANN, 9_000_000, "");
            world.store(
                    Calls.ordered("paid", ANN, "task-1", Instant.parse("2030-03-10T11:00:03Z")),
                    Calls.ordered("restarted", ANN, "task-2", Instant.parse("2030-03-10T11:00:02Z")),
                    Calls.ordered("open", ANN, "task-3", Instant.parse("2030-03-10T11:00:01Z")));
            world.paidTask("task-1", "paid", "paid", ANN, 3_000_000);
            // After a restart a task is paid from another hold than its call's.
            world.paidTask("task-2", "restarted", "hold-2", ANN, 4_000_000);

            List<RecordLine> lines =
                    world.records.page(query(ANN, Type.CONSUME, 0, 10), null).lines();

            assertThat(lines).extracting(line -> record(line).micro()).containsExactly(3_000_000L, 4_000_000L, 0L);
            assertThat(lines).extracting(line -> record(line).inputTokens()).containsExactly(70L, 70L, 0L);
            assertThat(lines).extracting(line -> record(line).outputTokens()).containsExactly(80L, 80L, 0L);
            assertThat(world.records.stats(ANN).microToday()).isEqualTo(7_000_000);
        }
    }

    @ParameterizedTest
    @EnumSource
    void sumsAreOfTheDayTheMonthAndTheLastMinute(TestDatabase kind) {
        try (RecordWorld world = new RecordWorld(kind, folder)) {
            assertThat(world.records.stats(null)).isEqualTo(new Records.Stats(0, 0, 0, 0, 0, 0));
            world.call("last month", ANN, "2030-02-28T23:59:59.999Z");
            world.call("month", ANN, "2030-03-01T00:00:00Z");
            world.call("yesterday", ANN, "2030-03-09T23:59:59.999Z");
            world.call("today", ANN, "2030-03-10T00:00:00Z");
            world.call("too long ago", ANN, "2030-03-10T11:58:59.999Z");
            world.call("now", ANN, "2030-03-10T11:59:00Z");
            world.call("of bob", BOB, "2030-03-10T11:59:30Z");

            assertThat(world.records.stats(ANN))
                    .isEqualTo(new Records.Stats(5 * 1_500_000L, 5, 3 * 1_500_000L, 3, 1, 30));
            assertThat(world.records.stats(null))
                    .isEqualTo(new Records.Stats(6 * 1_500_000L, 6, 4 * 1_500_000L, 4, 2, 60));
        }
    }

    @ParameterizedTest
    @EnumSource
    void theRateReachesBackOverTheStartOfAMonth(TestDatabase kind) {
        try (RecordWorld world = new RecordWorld(kind, folder)) {
            world.clock.advance(Duration.between(world.clock.instant(), Instant.parse("2030-04-01T00:00:10Z")));
            world.call("march", ANN, "2030-03-31T23:59:50Z");

            assertThat(world.records.stats(ANN)).isEqualTo(new Records.Stats(0, 0, 0, 0, 1, 30));
        }
    }

    @ParameterizedTest
    @EnumSource
    void onlyWhatIsTooOldIsSwept(TestDatabase kind) {
        try (RecordWorld world = new RecordWorld(kind, folder)) {
            world.credit(ANN, 1, "kept for ever");
            world.clock.advance(Duration.ofDays(30));
            Instant border = world.clock.instant().minus(Duration.ofDays(30));
            RequestRecord[] old = new RequestRecord[1_500];
            for (int i = 0; i < old.length; i++) {
                old[i] = Calls.call("old" + i, ANN, border.minusMillis(1 + i));
            }
            world.store(old);
            world.store(Calls.call("just kept", ANN, border), Calls.call("new", ANN, world.clock.instant()));

            try (RecordSweeper never = world.sweeper(0);
                    RecordSweeper sweeper = world.sweeper(30)) {
                assertThat(never).isNotSameAs(sweeper);
                Awaitility.await().until(() -> world.number("SELECT COUNT(*) FROM request_record") <= 2);
            }

            assertThat(ids(world.records.page(query(ANN, Type.CONSUME, 0, 10), null)))
                    .containsExactly("new", "just kept");
            assertThat(world.number("SELECT COUNT(*) FROM ledger_entry")).isEqualTo(1);
        }
    }

    @ParameterizedTest
    @EnumSource
    void fiftyThousandRecordsAreSearchedAndReadInGoodTime(TestDatabase kind) {
        try (RecordWorld world = new RecordWorld(kind, folder)) {
            Instant start = Instant.parse("2030-03-10T00:00:00Z");
            for (int batch = 0; batch < 50; batch++) {
                RequestRecord[] calls = new RequestRecord[1_000];
                for (int i = 0; i < calls.length; i++) {
                    int n = batch * 1_000 + i;
                    calls[i] = Calls.call(
                            "r" + n, n % 50, 0, "model-" + n % 20, n % 10, "answered", "", start.plusMillis(n * 800L));
                }
                world.store(calls);
            }

            long begun = System.nanoTime();
            Records.Page newest = world.records.page(query(null, Type.ALL, 0, 100), null);
            Records.Page last = world.records.page(query(null, Type.ALL, 99, 100), null);
            Records.Page own = world.records.page(query(ANN, Type.CONSUME, 0, 100), null);
            Records.Stats stats = world.records.stats(null);
            Duration asked = Duration.ofNanos(System.nanoTime() - begun);
            List<String> read = new ArrayList<>();
            world.records.all(
                    query(null, Type.CONSUME, 0, 10), null, lines -> lines.forEach(line -> read.add(line.id())));
            Duration all = Duration.ofNanos(System.nanoTime() - begun).minus(asked);

            assertThat(newest.total()).isEqualTo(RecordQuery.REACH);
            assertThat(newest.more()).isTrue();
            assertThat(newest.lines().getFirst().id()).isEqualTo("r49999");
            assertThat(last.lines().getLast().id()).isEqualTo("r40000");
            assertThat(own.total()).isEqualTo(1_000);
            assertThat(stats.callsMonth()).isEqualTo(50_000);
            assertThat(read).hasSize(50_000).doesNotHaveDuplicates();
            // Far more than is needed: the machine that builds may be busy with other things.
            assertThat(asked).isLessThan(Duration.ofSeconds(60));
            assertThat(all).isLessThan(Duration.ofSeconds(60));
        }
    }
}
