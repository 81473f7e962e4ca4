package io.patchbay.server.crash;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What the tables of money say, read by plain SQL.
 *
 * @param holds all reservations by request id
 * @param entries all lines of the ledger in their order
 * @param accounts all credit accounts by user number
 */
record Books(Map<String, Hold> holds, List<Entry> entries, Map<Long, Owned> accounts) {
    /** A row of {@code reservation}. */
    record Hold(String requestId, long user, long micro, String model, String state) {
        boolean settled() {
            return state.equals("SETTLED");
        }

        boolean released() {
            return state.equals("RELEASED");
        }
    }

    /** A row of {@code ledger_entry}; {@code used} is {@code null} where no usage is written. */
    record Entry(
            long user,
            String requestId,
            String kind,
            long micro,
            long writtenOff,
            long balanceAfter,
            String reason,
            @Nullable Tokens used,
            boolean estimated) {
        /** Returns whether this closes a reservation. */
        boolean outcome() {
            return settles() || kind.equals("RELEASE");
        }

        boolean settles() {
            return kind.equals("SETTLE");
        }

        /** Returns what the call cost, charged or not. */
        long cost() {
            return writtenOff - micro;
        }
    }

    /** A row of {@code credit_account}. */
    record Owned(long balance, long reserved, long used) {}

    /** Reads everything. */
    static Books read(Connection sql) throws SQLException {
        Map<String, Hold> holds = new HashMap<>();
        List<Entry> entries = new ArrayList<>();
        Map<Long, Owned> accounts = new HashMap<>();
        try (Statement statement = sql.createStatement()) {
            try (ResultSet row =
                    statement.executeQuery("SELECT request_id, user_id, micro, model, state FROM reservation")) {
                while (row.next()) {
                    holds.put(
                            row.getString(1),
                            new Hold(
                                    row.getString(1),
                                    row.getLong(2),
                                    row.getLong(3),
                                    row.getString(4),
                                    row.getString(5)));
                }
            }
            try (ResultSet row = statement.executeQuery(
                    "SELECT user_id, request_id, kind, micro, written_off, balance_after, reason, usage_input,"
                            + " usage_output, usage_estimated FROM ledger_entry ORDER BY id")) {
                while (row.next()) {
                    entries.add(entry(row));
                }
            }
            try (ResultSet row =
                    statement.executeQuery("SELECT user_id, balance, reserved, used FROM credit_account")) {
                while (row.next()) {
                    accounts.put(row.getLong(1), new Owned(row.getLong(2), row.getLong(3), row.getLong(4)));
                }
            }
        }
        return new Books(holds, entries, accounts);
    }

    private static Entry entry(ResultSet row) throws SQLException {
        Tokens used = row.getObject(8) == null ? null : new Tokens(row.getLong(8), row.getLong(9));
        return new Entry(
                row.getLong(1),
                row.getString(2),
                row.getString(3),
                row.getLong(4),
                row.getLong(5),
                row.getLong(6),
                row.getString(7),
                used,
                row.getBoolean(10));
    }
}
