package io.patchbay.foundation.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.patchbay.foundation.config.DatabaseConfig;
import io.patchbay.foundation.testing.TestDatabase;
import java.nio.file.Path;
import java.util.List;
import org.apache.ibatis.annotations.Select;
import org.apache.ibatis.annotations.Update;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

final class MigrationsTest {
    @TempDir
    private Path folder;

    interface HistoryMapper {
        @Select("SELECT COUNT(*) FROM schema_history WHERE success = 1")
        int steps();

        @Update("""
                INSERT INTO schema_history (installed_rank, version, description, type, script, checksum,
                    installed_by, execution_time, success)
                VALUES (900, '2999.01.01.01', 'from the future', 'SQL', 'V2999_01_01_01__future.sql', 1, 'x', 1, 1)
                """)
        int comeFromTheFuture();

        @Update("UPDATE schema_history SET checksum = 12345 WHERE checksum IS NOT NULL")
        int tamper();

        @Update("DROP TABLE schema_history")
        int forget();
    }

    @ParameterizedTest
    @EnumSource
    void appliesEachStepOnce(TestDatabase kind) {
        DatabaseConfig config = kind.config(folder);
        int steps;
        try (Database database = Database.open(config, List.of(HistoryMapper.class))) {
            steps = database.read(HistoryMapper.class, HistoryMapper::steps);
            assertThat(steps).isPositive();
        }
        try (Database database = Database.open(config, List.of(HistoryMapper.class))) {
            int again = database.read(HistoryMapper.class, HistoryMapper::steps);
            assertThat(again).isEqualTo(steps);
        }
    }

    @ParameterizedTest
    @EnumSource
    void refusesTablesOfANewerProgram(TestDatabase kind) {
        DatabaseConfig config = kind.config(folder);
        try (Database database = Database.open(config, List.of(HistoryMapper.class))) {
            database.write(
                    transaction -> transaction.mapper(HistoryMapper.class).comeFromTheFuture());
        }
        assertThatThrownBy(() -> Database.open(config, List.of()))
                .isInstanceOf(DatabaseException.class)
                .hasMessageContaining("made by a newer program: step 2999.01.01.01 (from the future)");
    }

    @ParameterizedTest
    @EnumSource
    void refusesStepsThatChangedAfterwards(TestDatabase kind) {
        DatabaseConfig config = kind.config(folder);
        try (Database database = Database.open(config, List.of(HistoryMapper.class))) {
            database.write(
                    transaction -> transaction.mapper(HistoryMapper.class).tamper());
        }
        assertThatThrownBy(() -> Database.open(config, List.of()))
                .isInstanceOf(DatabaseException.class)
                .hasMessageContaining("a step that was applied is missing or has changed");
    }

    @ParameterizedTest
    @EnumSource
    void refusesADatabaseOfSomethingElse(TestDatabase kind) {
        DatabaseConfig config = kind.config(folder);
        try (Database database = Database.open(config, List.of(HistoryMapper.class))) {
            database.write(
                    transaction -> transaction.mapper(HistoryMapper.class).forget());
        }
        assertThatThrownBy(() -> Database.open(config, List.of()))
                .isInstanceOf(DatabaseException.class)
                .hasMessageContaining("holds tables that this program did not make");
    }
}
