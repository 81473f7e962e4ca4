package io.patchbay.relay.record;

import io.patchbay.foundation.database.Database;
import java.time.Duration;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The request log as it is read: pages, sums and all of it. Safe for use by many threads; blocks on the database. Who may
 * see what is decided by those who ask.
 */
public final class Records {
    /** Most lines that are read in one go. */
    public static final int MOST_EXPORTED = 1_000_000;

    private static final int PORTION = 1_000;
    private static final long MINUTE_MS = Duration.ofMinutes(1).toMillis();

    private final Database database;
    private final InstantSource clock;

    /**
     * A page of lines.
     *
     * @param total how many lines there are, at most {@link RecordQuery#REACH}
     * @param more whether there are more than that
     * @param lines newest first
     */
    public record Page(int total, boolean more, List<RecordLine> lines) {}

    /**
     * What was used in the month and the day that it is now in UTC, and in the last minute.
     *
     * @param microMonth charges in micro-credits
     * @param microToday charges in micro-credits
     * @param callsMinute calls that began in the last minute
     * @param tokensMinute their tokens
     */
    public record Stats(
            long microMonth, long callsMonth, long microToday, long callsToday, long callsMinute, long tokensMinute) {}

    /** Reads from a database. */
    Records(Database database, InstantSource clock) {
        this.database = database;
        this.clock = clock;
    }

    /**
     * Returns a page.
     *
     * @param keys only calls with these API keys; {@code null} for all
     */
    public Page page(RecordQuery query, @Nullable Collection<Long> keys) {
        RecordScroll scroll = new RecordScroll(database, query, keys, Math.min(PORTION, query.offset() + query.size()));
        scroll.skip(query.offset());
        List<RecordLine> lines = charged(scroll.next(query.size()));
        int total = count(query, keys);
        return new Page(Math.min(total, RecordQuery.REACH), total > RecordQuery.REACH, lines);
    }

    private int count(RecordQuery query, @Nullable Collection<Long> keys) {
        int limit = RecordQuery.REACH + 1;
        int total = 0;
        if (query.wantsCalls() && (keys == null || !keys.isEmpty())) {
            total = database.read(RecordQueryMapper.class, mapper -> mapper.count(query, keys, limit));
        }
        return query.wantsLedger()
                ? total + database.read(LedgerLineMapper.class, mapper -> mapper.count(query, LedgerLine.KINDS, limit))
                : total;
    }

    /**
     * Hands all lines on, newest first, in portions of at most 1,000 and no more than {@link #MOST_EXPORTED} in all. Page
     * and size of the query do not matter.
     *
     * @param keys only calls with these API keys; {@code null} for all
     */
    public void all(RecordQuery query, @Nullable Collection<Long> keys, Consumer<List<RecordLine>> portions) {
        RecordScroll scroll = new RecordScroll(database, query, keys, PORTION);
        for (int done = 0; done < MOST_EXPORTED; done += PORTION) {
            List<RecordLine> lines = scroll.next(PORTION);
            if (lines.isEmpty()) {
                return;
            }
            portions.accept(charged(lines));
        }
    }

    /** A task is charged when it ends, which may be long after the record of the call that ordered it was written. */
    private List<RecordLine> charged(List<RecordLine> lines) {
        List<String> tasks = lines.stream()
                .filter(line -> line instanceof RecordLine.Call call
                        && !call.record().taskId().isEmpty())
                .map(line -> ((RecordLine.Call) line).record().taskId())
                .toList();
        if (tasks.isEmpty()) {
            return lines;
        }
        Map<String, LedgerLineMapper.TaskCharge> charges = new HashMap<>();
        database.read(LedgerLineMapper.class, mapper -> mapper.charges(tasks))
                .forEach(charge -> charges.put(charge.taskId(), charge));
        return lines.stream().map(line -> charged(line, charges)).toList();
    }

    private static RecordLine charged(RecordLine line, Map<String, LedgerLineMapper.TaskCharge> charges) {
        if (line instanceof RecordLine.Call(RequestRecord record)) {
            LedgerLineMapper.TaskCharge charge = charges.get(record.taskId());
            return charge == null ? line : new RecordLine.Call(record.charged(charge));
        }
        return line;
    }

    /**
     * Returns the sums of one user or, with {@code null}, of all. Three sums over indexed ranges: the calls of the month,
     * its tasks, and the last minute.
     */
    public Stats stats(@Nullable Long userId) {
        long now = clock.millis();
        LocalDate today = LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
        long day = millis(today);
        long month = millis(today.withDayOfMonth(1));
        return database.read(RecordQueryMapper.class, mapper -> {
            RecordQueryMapper.Sums calls = mapper.sums(userId, month, day);
            RecordQueryMapper.Sums tasks = mapper.taskSums(userId, month, day);
            RecordQueryMapper.Rate rate = mapper.rate(userId, now - MINUTE_MS);
            return new Stats(
                    calls.monthMicro() + tasks.monthMicro(),
                    calls.monthCalls(),
                    calls.dayMicro() + tasks.dayMicro(),
                    calls.dayCalls(),
                    rate.calls(),
                    rate.tokens());
        });
    }

    private static long millis(LocalDate day) {
        return day.atStartOfDay().toInstant(ZoneOffset.UTC).toEpochMilli();
    }
}
