package io.patchbay.billing.ledger;

import io.patchbay.foundation.database.Database.Transaction;
import io.patchbay.foundation.database.RowStatement;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What one transaction of the ledger writes, each table in one go. These statements run for every call, so they go past
 * the mappers; see {@link Transaction#each}.
 *
 * <p>Confined to one transaction.
 */
final class LedgerRows {
    private static final RowStatement UPDATE_ACCOUNT = new RowStatement("""
            UPDATE credit_account SET balance = ?, reserved = ?, used = ?, version = version + 1, updated_at = ?
            WHERE user_id = ? AND version = ?""", """
            UPDATE credit_account a
            JOIN JSON_TABLE(?, '$[*]' COLUMNS (
                balance BIGINT PATH '$[0]', reserved BIGINT PATH '$[1]', used BIGINT PATH '$[2]',
                updated_at BIGINT PATH '$[3]', user_id BIGINT PATH '$[4]', version BIGINT PATH '$[5]')) AS t
              ON a.user_id = t.user_id AND a.version = t.version
            SET a.balance = t.balance, a.reserved = t.reserved, a.used = t.used, a.version = t.version + 1,
                a.updated_at = t.updated_at""");

    private static final RowStatement INSERT_RESERVATION = RowStatement.of("""
            INSERT INTO reservation
                (request_id, user_id, micro, model, price_version, node, process, state, created_at, price_group,
                 priced_at, plan_item, plan_window)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)""");

    private static final RowStatement EXTEND_RESERVATION = new RowStatement("""
            UPDATE reservation SET micro = ? WHERE request_id = ? AND micro = ? AND state = 'OPEN'""", """
            UPDATE reservation r
            JOIN JSON_TABLE(?, '$[*]' COLUMNS (
                micro BIGINT PATH '$[0]', request_id VARCHAR(64) CHARACTER SET ascii COLLATE ascii_bin PATH '$[1]',
                held BIGINT PATH '$[2]')) AS t
              ON r.request_id = t.request_id AND r.micro = t.held
            SET r.micro = t.micro WHERE r.state = 'OPEN'""");

    private static final RowStatement CLOSE_RESERVATION = new RowStatement("""
            UPDATE reservation SET state = ?, closed_at = ? WHERE request_id = ? AND micro = ? AND state = 'OPEN'""", """
            UPDATE reservation r
            JOIN JSON_TABLE(?, '$[*]' COLUMNS (
                state VARCHAR(64) PATH '$[0]', closed_at BIGINT PATH '$[1]',
                request_id VARCHAR(64) CHARACTER SET ascii COLLATE ascii_bin PATH '$[2]',
                micro BIGINT PATH '$[3]')) AS t
              ON r.request_id = t.request_id AND r.micro = t.micro
            SET r.state = t.state, r.closed_at = t.closed_at WHERE r.state = 'OPEN'""");

    private static final RowStatement INSERT_ENTRY = RowStatement.of("""
            INSERT INTO ledger_entry
                (user_id, request_id, kind, micro, written_off, balance_after, actor, reason, model, price_version,
                 usage_input, usage_output, usage_cached, usage_reasoning, usage_estimated, units, usage_parts,
                 plan_item, created_at)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)""");

    private final Transaction tx;
    private final long now;

    /** A reservation that holds more than it did. */
    record Extended(String requestId, long before, long micro) {}

    LedgerRows(Transaction tx, long now) {
        this.tx = tx;
        this.now = now;
    }

    /** Writes accounts back; false when somebody has changed one since it was read. */
    boolean updateAccounts(Collection<AccountRow> accounts) {
        List<@Nullable Object[]> rows = new ArrayList<>(accounts.size());
        for (AccountRow row : accounts) {
            rows.add(new @Nullable Object[] {row.balance(), row.reserved(), row.used(), now, row.userId(), row.version()
            });
        }
        return tx.each(UPDATE_ACCOUNT, rows) == rows.size();
    }

    /** Adds reservations. */
    void insertReservations(Collection<ReservationRow> reservations) {
        List<@Nullable Object[]> rows = new ArrayList<>(reservations.size());
        for (ReservationRow row : reservations) {
            rows.add(row.values());
        }
        tx.each(INSERT_RESERVATION, rows);
    }

    /** Writes what open reservations hold; false when one holds something else than it did, or is closed. */
    boolean extendReservations(Collection<Extended> reservations) {
        List<@Nullable Object[]> rows = new ArrayList<>(reservations.size());
        for (Extended row : reservations) {
            rows.add(new @Nullable Object[] {row.micro(), row.requestId(), row.before()});
        }
        return tx.each(EXTEND_RESERVATION, rows) == rows.size();
    }

    /** Closes reservations as their state says; false when one holds something else than told, or is closed already. */
    boolean closeReservations(Collection<ReservationRow> reservations) {
        List<@Nullable Object[]> rows = new ArrayList<>(reservations.size());
        for (ReservationRow row : reservations) {
            rows.add(new @Nullable Object[] {row.state(), now, row.requestId(), row.micro()});
        }
        return tx.each(CLOSE_RESERVATION, rows) == rows.size();
    }

    /** Adds lines to the ledger. */
    void insertEntries(Collection<EntryRow> entries) {
        List<@Nullable Object[]> rows = new ArrayList<>(entries.size());
        for (EntryRow row : entries) {
            rows.add(row.values(now));
        }
        tx.each(INSERT_ENTRY, rows);
    }
}
