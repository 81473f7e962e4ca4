package io.patchbay.foundation.database;

import io.patchbay.foundation.json.Json;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.ibatis.exceptions.PersistenceException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Statements of one connection that run once for each of many rows, prepared once. Confined to one thread at a time. */
final class RowStatements implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(RowStatements.class);

    private final Connection connection;
    private final boolean joins;
    private final Map<String, PreparedStatement> prepared = new HashMap<>();

    /**
     * Prepares nothing yet.
     *
     * @param joins whether to take the joined form of a statement that has one
     */
    RowStatements(Connection connection, boolean joins) {
        this.connection = connection;
        this.joins = joins;
    }

    /** As {@link Database.Transaction#each}. */
    int each(RowStatement sql, List<@Nullable Object[]> rows) {
        if (rows.isEmpty()) {
            return 0;
        }
        String joined = joins ? sql.joined() : null;
        try {
            if (joined != null) {
                PreparedStatement statement = statement(joined);
                statement.setString(1, Json.write(rows));
                return statement.executeUpdate();
            }
            return written(run(statement(sql.each()), rows));
        } catch (SQLException e) {
            // What mappers throw too, so that failures are told apart in one place.
            throw new PersistenceException(e);
        }
    }

    private PreparedStatement statement(String sql) throws SQLException {
        PreparedStatement known = prepared.get(sql);
        if (known == null) {
            known = connection.prepareStatement(sql);
            prepared.put(sql, known);
        }
        return known;
    }

    private static int[] run(PreparedStatement statement, List<@Nullable Object[]> rows) throws SQLException {
        try {
            for (@Nullable Object[] row : rows) {
                for (int index = 0; index < row.length; index++) {
                    statement.setObject(index + 1, row[index]);
                }
                statement.addBatch();
            }
            return statement.executeBatch();
        } finally {
            statement.clearBatch();
        }
    }

    private static int written(int[] counts) {
        int sum = 0;
        for (int count : counts) {
            // MySQL gets many inserts as one statement and does not tell them apart.
            sum += count == Statement.SUCCESS_NO_INFO ? 1 : count;
        }
        return sum;
    }

    @Override
    public void close() {
        for (PreparedStatement statement : prepared.values()) {
            try {
                statement.close();
            } catch (SQLException e) {
                log.debug("a statement could not be closed: {}", e.getMessage());
            }
        }
        prepared.clear();
    }
}
