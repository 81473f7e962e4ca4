package io.patchbay.relay.record;

import io.patchbay.foundation.database.Database;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Lines of a query from new to old, fetched in portions behind a cursor, so that memory is bounded however many there are
 * and lines that come meanwhile move nothing. Calls and lines of the ledger are merged by time. Blocks on the database;
 * confined to one thread.
 */
final class RecordScroll {
    private final List<Source> sources = new ArrayList<>();

    /**
     * Stands before the newest line.
     *
     * @param keys only calls with these API keys; {@code null} for all
     * @param portion how many lines of each kind are fetched at once, at least 1
     */
    RecordScroll(Database database, RecordQuery query, @Nullable Collection<Long> keys, int portion) {
        if (query.wantsCalls() && (keys == null || !keys.isEmpty())) {
            sources.add(new Source(
                    (after, offset) -> database.read(
                            RecordQueryMapper.class,
                            mapper -> List.copyOf(mapper.newest(query, keys, after, portion, offset).stream()
                                    .map(RecordLine.Call::new)
                                    .toList())),
                    RecordCursor.start(query),
                    portion));
        }
        if (query.wantsLedger()) {
            sources.add(new Source(
                    (after, offset) -> database.read(
                            LedgerLineMapper.class,
                            mapper ->
                                    List.copyOf(mapper.newest(query, LedgerLine.KINDS, after, portion, offset).stream()
                                            .map(RecordLine.Change::new)
                                            .toList())),
                    RecordCursor.start(query),
                    portion));
        }
    }

    /** Passes over the newest lines; only before the first {@link #next}. */
    void skip(int lines) {
        if (sources.size() == 1) {
            sources.getFirst().offset = lines;
        } else {
            next(lines);
        }
    }

    /** Returns the next lines, as many as are left but no more than asked for. */
    List<RecordLine> next(int most) {
        List<RecordLine> lines = new ArrayList<>();
        while (lines.size() < most) {
            Source newest = null;
            for (Source source : sources) {
                if (source.filled() && (newest == null || source.at() > newest.at())) {
                    newest = source;
                }
            }
            if (newest == null) {
                break;
            }
            lines.add(newest.take());
        }
        return lines;
    }

    /** Fetches a portion. */
    private interface Fetch {
        List<RecordLine> portion(RecordCursor after, int offset);
    }

    /** Lines of one kind. */
    private static final class Source {
        private final Fetch fetch;
        private final int portion;
        private final Deque<RecordLine> waiting = new ArrayDeque<>();
        private RecordCursor cursor;
        private int offset;
        private boolean dry;

        Source(Fetch fetch, RecordCursor start, int portion) {
            this.fetch = fetch;
            this.cursor = start;
            this.portion = portion;
        }

        boolean filled() {
            if (waiting.isEmpty() && !dry) {
                waiting.addAll(fetch.portion(cursor, offset));
                offset = 0;
                dry = waiting.size() < portion;
                if (!waiting.isEmpty()) {
                    RecordLine last = waiting.getLast();
                    cursor = new RecordCursor(last.at(), last.id());
                }
            }
            return !waiting.isEmpty();
        }

        long at() {
            return waiting.getFirst().at();
        }

        RecordLine take() {
            return waiting.removeFirst();
        }
    }
}
