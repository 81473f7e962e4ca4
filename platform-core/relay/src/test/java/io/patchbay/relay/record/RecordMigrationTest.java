package io.patchbay.relay.record;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.patchbay.foundation.config.DatabaseConfig;
import io.patchbay.foundation.database.Database;
import io.patchbay.foundation.testing.TestDatabase;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sqlite.SQLiteDataSource;

/** Records of an earlier version. */
final class RecordMigrationTest {
    private static final Map<String, String> WORDS = Map.of(
            "id", "INTEGER PRIMARY KEY AUTOINCREMENT",
            "bool", "INTEGER",
            "text", "TEXT",
            "blob", "BLOB",
            "name", "VARCHAR(255)",
            "key", "VARCHAR(64)",
            "options", "");

    private static void earlierVersion(Path file) throws Exception {
        SQLiteDataSource source = new SQLiteDataSource();
        source.setUrl("jdbc:sqlite:" + file);
        Flyway.configure()
                .dataSource((DataSource) source)
                .locations("classpath:db/migration")
                .table("schema_history")
                .placeholders(WORDS)
                .target("2026.11.25.04")
                .load()
                .migrate();
        try (Connection connection = source.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("""
                    INSERT INTO channel (id, name, type, priority, weight, models, retry, secret, endpoint, mapper, active,
                        user_groups, proxy, extra, updated_at)
                    VALUES (3, 'first channel', 'openai', 1, 1, '', 1, '', '', '', 1, '', '', '', 0)""");
            for (String[] row : new String[][] {{"old-1", "3", "answered"}, {"old-2", "4", "failed"}}) {
                statement.execute("""
                        INSERT INTO request_record (request_id, user_id, key_id, model, upstream_model, channel_id,
                            plugin_id, plugin_version, generation, streamed, outcome, fault, attempts, input_tokens,
                            output_tokens, micro, started_at, first_token_ms, duration_ms, notes)
                        VALUES ('%s', 7, 0, 'm', 'm', %s, 'p', '1', 1, 0, '%s', '', 1, 1, 2, 3, 4, 5, 6, '')
                        """.formatted((Object[]) row));
            }
        }
    }

    @Test
    void recordsOfAnEarlierVersionAreKeptAndFilledAsFarAsIsKnown(@TempDir Path folder) throws Exception {
        DatabaseConfig config = TestDatabase.SQLITE.config(folder);
        earlierVersion(folder.resolve("patchbay.db"));

        try (Database database = Database.open(config, List.of(RequestRecordMapper.class))) {
            List<RequestRecord> old = database.read(RequestRecordMapper.class, mapper -> mapper.newest(7, 10));

            assertThat(old)
                    .extracting(
                            RequestRecord::requestId,
                            RequestRecord::status,
                            RequestRecord::channelName,
                            RequestRecord::taskId,
                            RequestRecord::paidBy,
                            RequestRecord::micro)
                    .containsExactlyInAnyOrder(
                            tuple("old-1", 200, "first channel", "", "", 3L), tuple("old-2", 0, "", "", "", 3L));
        }
    }
}
