package io.patchbay.accounts;

import io.patchbay.foundation.database.Database;
import io.patchbay.foundation.database.Database.Transaction;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;

/**
 * The lasting record of who changed what. Thread-safe. Entries hold no secrets; callers pass names and numbers only.
 *
 * <p>An entry written through a transaction exists exactly when the change it tells of exists.
 */
public final class AuditLog {
    /** Actor of changes the server makes by itself. */
    public static final String SYSTEM = "system";

    /** Most entries one page holds. */
    public static final int MAX_PAGE = 200;

    private static final int LONGEST_NAME = 255;
    private static final int LONGEST_ACTION = 64;
    private static final int LONGEST_DETAIL = 4_000;

    private final Database database;
    private final InstantSource clock;

    /**
     * One entry.
     *
     * @param id identity, rising with time
     * @param actor user name, or {@link #SYSTEM}
     * @param action what was done, as dotted words: {@code user.ban}
     * @param subject whom or what it was done to, for example {@code user 7}
     * @param detail further words, possibly empty
     * @param at when
     */
    public record Entry(long id, String actor, String action, String subject, String detail, Instant at) {}

    public AuditLog(Database database, InstantSource clock) {
        this.database = database;
        this.clock = clock;
    }

    /** Adds an entry as part of a running transaction; over-long texts are cut. */
    public void record(Transaction transaction, String actor, String action, String subject, String detail) {
        transaction
                .mapper(AuditMapper.class)
                .insert(
                        cut(actor, LONGEST_NAME),
                        cut(action, LONGEST_ACTION),
                        cut(subject, LONGEST_NAME),
                        cut(detail, LONGEST_DETAIL),
                        clock.millis());
    }

    /** Adds an entry in a transaction of its own. */
    public void record(String actor, String action, String subject, String detail) {
        database.write(transaction -> {
            record(transaction, actor, action, subject, detail);
            return true;
        });
    }

    /**
     * Returns entries older than the one with the given id, newest first.
     *
     * @param before exclusive bound; {@link Long#MAX_VALUE} for the newest
     * @param limit number of entries, 1 to {@link #MAX_PAGE}
     */
    public List<Entry> newest(long before, int limit) {
        return database
                .read(AuditMapper.class, mapper -> mapper.newest(before, Math.clamp(limit, 1, MAX_PAGE)))
                .stream()
                .map(row -> new Entry(
                        row.id(),
                        row.actor(),
                        row.action(),
                        row.subject(),
                        row.detail(),
                        Instant.ofEpochMilli(row.at())))
                .toList();
    }

    private static String cut(String text, int most) {
        return text.length() <= most ? text : text.substring(0, most);
    }
}
