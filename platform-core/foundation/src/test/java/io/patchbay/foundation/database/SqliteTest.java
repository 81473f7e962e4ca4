package io.patchbay.foundation.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.patchbay.foundation.config.DatabaseConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.apache.ibatis.annotations.Select;
import org.apache.ibatis.annotations.Update;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class SqliteTest {
    @TempDir
    private Path folder;

    interface PragmaMapper {
        @Select("PRAGMA journal_mode")
        String journalMode();

        @Select("PRAGMA synchronous")
        int synchronous();

        @Select("PRAGMA foreign_keys")
        int foreignKeys();

        @Select("PRAGMA query_only")
        int queryOnly();

        @Update("DELETE FROM setting")
        int deleteAll();
    }

    private Database open() {
        return Database.open(
                DatabaseConfig.sqlite(folder.resolve("db").resolve("patchbay.db")), List.of(PragmaMapper.class));
    }

    @Test
    void writerWaitsForTheDisk() {
        try (Database database = open()) {
            List<Object> writer = database.write(transaction -> {
                PragmaMapper mapper = transaction.mapper(PragmaMapper.class);
                return List.of(mapper.journalMode(), mapper.synchronous(), mapper.foreignKeys(), mapper.queryOnly());
            });
            assertThat(writer).containsExactly("wal", 2, 1, 0);
        }
    }

    /** Also after one has failed, and for a writer that has waited its turn behind such a one. */
    @Test
    void onlyWhatSaysSoDoesNotWaitForTheDisk() {
        try (Database database = open()) {
            assertThat((int) database.writeUnsynced(SqliteTest::synchronous)).isEqualTo(1);
            assertThat((int) database.writeUnsynced(SqliteTest::synchronous)).isEqualTo(1);
            assertThat((int) database.write(SqliteTest::synchronous)).isEqualTo(2);
            assertThatThrownBy(() -> database.writeUnsynced(transaction -> {
                        throw new IllegalArgumentException("changed my mind");
                    }))
                    .isInstanceOf(IllegalArgumentException.class);
            assertThat((int) database.write(SqliteTest::synchronous)).isEqualTo(2);
        }
    }

    private static int synchronous(Database.Transaction transaction) {
        return transaction.mapper(PragmaMapper.class).synchronous();
    }

    @Test
    void readersCannotWrite() {
        try (Database database = open()) {
            assertThatThrownBy(() -> database.read(PragmaMapper.class, PragmaMapper::deleteAll))
                    .isInstanceOf(DatabaseException.class);
        }
    }

    @Test
    void fileBelongsToItsOwner() throws IOException {
        try (Database database = open()) {
            new SettingStore(database).put("name", "value");
            try (var files = Files.list(folder.resolve("db"))) {
                for (Path file : files.toList()) {
                    if (Files.getFileStore(file).supportsFileAttributeView("posix")) {
                        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                                .as(file.toString())
                                .isEqualTo("rw-------");
                    }
                }
            }
        }
    }

    @Test
    void secondProcessTakesItsTurn() throws Exception {
        try (Database one = open();
                Database two = open();
                ExecutorService threads = Executors.newFixedThreadPool(2)) {
            List<Future<?>> writers = IntStream.range(0, 2)
                    .mapToObj(index -> index == 0 ? one : two)
                    .map(SettingStore::new)
                    .<Future<?>>map(store -> threads.submit(() -> {
                        for (int round = 0; round < 20; round++) {
                            store.update("counter", "0", text -> Integer.toString(Integer.parseInt(text) + 1));
                        }
                    }))
                    .toList();
            for (Future<?> writer : writers) {
                writer.get(60, TimeUnit.SECONDS);
            }
            assertThat(new SettingStore(one).find("counter").orElseThrow().value())
                    .isEqualTo("40");
        }
    }

    @Test
    void fileThatIsNoDatabaseIsRefused() throws IOException {
        Path file = folder.resolve("text.db");
        Files.writeString(file, "this is not a database, and long enough to be seen as none".repeat(20));
        assertThatThrownBy(() -> Database.open(DatabaseConfig.sqlite(file), List.of()))
                .isInstanceOf(DatabaseException.class)
                .hasMessageContaining("cannot open the SQLite file " + file);
    }

    @Test
    void metersTellWhoWorks() {
        SimpleMeterRegistry registry = new SimpleMeterRegistry();
        try (Database database = open()) {
            database.bindTo(registry);
            double busy = database.write(transaction -> registry.get("patchbay.database.busy")
                    .tag("side", "write")
                    .gauge()
                    .value());
            assertThat(busy).isEqualTo(1);
            assertThat(registry.get("patchbay.database.waiting")
                            .tag("side", "read")
                            .gauge()
                            .value())
                    .isZero();
        }
    }
}
