package io.patchbay.foundation.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.patchbay.foundation.testing.TestDatabase;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.ibatis.annotations.Select;
import org.apache.ibatis.annotations.Update;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class MySqlFaultsTest {
    @TempDir
    private Path folder;

    interface ServerMapper {
        @Select("SELECT CONNECTION_ID()")
        long connection();

        @Update("KILL ${id}")
        int kill(long id);

        @Select("SELECT @@transaction_isolation")
        String isolation();

        @Select("SELECT @@autocommit")
        int autocommit();
    }

    private static void killFromOutside(Database database, long connection) {
        // A thread of its own, because a read on this one would take part in the transaction.
        Thread killer =
                Thread.ofVirtual().start(() -> database.read(ServerMapper.class, mapper -> mapper.kill(connection)));
        try {
            killer.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    @Test
    void transactionIsDoneAgainOnAnotherConnectionWhenItsOwnBreaks() {
        try (Database database = TestDatabase.MARIADB.open(folder, ServerMapper.class)) {
            AtomicInteger runs = new AtomicInteger();
            database.write(transaction -> {
                if (runs.incrementAndGet() == 1) {
                    killFromOutside(
                            database, transaction.mapper(ServerMapper.class).connection());
                }
                return SettingStore.compareAndSet(transaction, "name", SettingStore.ABSENT, "value");
            });
            assertThat(runs).hasValue(2);
            assertThat(new SettingStore(database).find("name")).isPresent();
        }
    }

    @Test
    void brokenCommitIsNeitherRepeatedNorCalledAFailure() {
        try (Database database = TestDatabase.MARIADB.open(folder, ServerMapper.class)) {
            AtomicInteger runs = new AtomicInteger();
            assertThatThrownBy(() -> database.write(transaction -> {
                        runs.incrementAndGet();
                        SettingStore.compareAndSet(transaction, "name", SettingStore.ABSENT, "value");
                        killFromOutside(
                                database, transaction.mapper(ServerMapper.class).connection());
                        return true;
                    }))
                    .isInstanceOfSatisfying(DatabaseException.class, e -> {
                        assertThat(e.isUncertain()).isTrue();
                        assertThat(e.isUnavailable()).isFalse();
                    });
            assertThat(runs).hasValue(1);
            assertThat(new SettingStore(database).find("name")).isEmpty();
        }
    }

    @Test
    void transactionsReadWhatIsCommitted() {
        try (Database database = TestDatabase.MARIADB.open(folder, ServerMapper.class)) {
            String isolation = database.write(
                    transaction -> transaction.mapper(ServerMapper.class).isolation());
            assertThat(isolation).isEqualTo("READ-COMMITTED");
            int inside = database.write(
                    transaction -> transaction.mapper(ServerMapper.class).autocommit());
            int outside = database.read(ServerMapper.class, ServerMapper::autocommit);
            assertThat(inside).isZero();
            assertThat(outside).isEqualTo(1);
        }
    }
}
