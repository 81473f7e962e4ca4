package io.patchbay.foundation.database;

import io.patchbay.foundation.database.DatabaseException.Reason;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.util.Optional;
import java.util.Set;
import org.apache.ibatis.exceptions.PersistenceException;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;

/** Tells apart the failures of both databases. */
final class SqlFaults {
    /** ER_LOCK_WAIT_TIMEOUT, ER_LOCK_DEADLOCK, and MariaDB's ER_CHECKREAD ("record has changed since last read"). */
    private static final Set<Integer> MYSQL_CONFLICTS = Set.of(1205, 1213, 1020);

    /** ER_DUP_ENTRY and ER_DUP_ENTRY_WITH_KEY_NAME. */
    private static final Set<Integer> MYSQL_DUPLICATES = Set.of(1062, 1586);

    private SqlFaults() {}

    /** Returns whether the transaction was the victim of another and may simply be done again. */
    static boolean isConflict(Throwable failure) {
        return sql(failure)
                .filter(e -> MYSQL_CONFLICTS.contains(e.getErrorCode()) || "40001".equals(e.getSQLState()))
                .isPresent();
    }

    /** Returns whether the connection broke. */
    static boolean isConnectionLost(Throwable failure) {
        return sql(failure)
                .map(SQLException::getSQLState)
                .filter(state -> state.startsWith("08"))
                .isPresent();
    }

    static boolean isDuplicate(Throwable failure) {
        return sql(failure)
                .filter(e -> e instanceof SQLiteException sqlite
                        ? sqlite.getResultCode() == SQLiteErrorCode.SQLITE_CONSTRAINT_UNIQUE
                                || sqlite.getResultCode() == SQLiteErrorCode.SQLITE_CONSTRAINT_PRIMARYKEY
                        : MYSQL_DUPLICATES.contains(e.getErrorCode()))
                .isPresent();
    }

    static boolean isBusy(Throwable failure) {
        return sql(failure)
                .filter(e -> e instanceof SQLiteException sqlite
                        && (sqlite.getResultCode().code & 0xff) == SQLiteErrorCode.SQLITE_BUSY.code)
                .isPresent();
    }

    /** Returns the failure itself when it is not the database's, else what callers are told. */
    static RuntimeException translate(String work, Throwable failure) {
        if (failure instanceof Error error) {
            throw error;
        }
        if (failure instanceof DatabaseException known) {
            return known;
        }
        if (failure instanceof RuntimeException other && !(failure instanceof PersistenceException)) {
            return other;
        }
        Optional<SQLException> sql = sql(failure);
        String code = sql.map(e -> " (code " + e.getErrorCode() + ", state " + e.getSQLState() + ")")
                .orElse("");
        return new DatabaseException(reason(failure, sql), "the database failed to " + work + code, failure);
    }

    private static Reason reason(Throwable failure, Optional<SQLException> sql) {
        if (isDuplicate(failure)) {
            return Reason.DUPLICATE;
        }
        boolean later = isConflict(failure)
                || isConnectionLost(failure)
                || isBusy(failure)
                || sql.filter(SQLTransientConnectionException.class::isInstance).isPresent();
        return later ? Reason.UNAVAILABLE : Reason.OTHER;
    }

    static Optional<SQLException> sql(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof SQLException sql) {
                return Optional.of(sql);
            }
        }
        return Optional.empty();
    }
}
