package io.patchbay.foundation.testing;

import io.patchbay.foundation.config.DatabaseConfig;
import io.patchbay.foundation.database.Database;
import java.nio.file.Path;
import java.util.List;

/**
 * The databases that every test of tables runs on.
 *
 * <pre>{@code
 * @ParameterizedTest
 * @EnumSource
 * void keepsTheBalance(TestDatabase kind, @TempDir Path folder) {
 *     try (Database database = kind.open(folder, LedgerMapper.class)) { ... }
 * }
 * }</pre>
 */
public enum TestDatabase {
    SQLITE {
        @Override
        public DatabaseConfig config(Path folder) {
            return DatabaseConfig.sqlite(folder.resolve("patchbay.db"));
        }
    },
    MARIADB {
        @Override
        public DatabaseConfig config(Path folder) {
            return new DatabaseConfig(MariaDbServer.shared().newDatabase(), folder.resolve("unused.db"));
        }
    };

    /** Returns the configuration of a new, empty database; opening it twice finds the same data. */
    public abstract DatabaseConfig config(Path folder);

    /** Opens a new, empty database with all migrations on the class path. */
    public Database open(Path folder, Class<?>... mappers) {
        return Database.open(config(folder), List.of(mappers));
    }
}
