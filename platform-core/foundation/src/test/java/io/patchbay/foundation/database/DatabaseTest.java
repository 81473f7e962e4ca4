package io.patchbay.foundation.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.patchbay.foundation.config.DatabaseConfig;
import io.patchbay.foundation.testing.TestDatabase;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.ibatis.annotations.Insert;
import org.apache.ibatis.annotations.Param;
import org.apache.ibatis.annotations.Select;
import org.apache.ibatis.annotations.Update;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

final class DatabaseTest {
    @TempDir
    private Path folder;

    record Account(
            long id,
            String displayName,
            boolean active,
            long balance,
            Instant createdAt,
            @Nullable Instant seenAt) {}

    interface AccountMapper {
        @Update("${ddl}")
        void ddl(@Param("ddl") String ddl);

        @Insert("""
                INSERT INTO account (display_name, active, balance, created_at, seen_at)
                VALUES (#{name}, #{active}, #{balance}, #{createdAt}, #{seenAt})
                """)
        int insert(
                @Param("name") String name,
                @Param("active") boolean active,
                @Param("balance") long balance,
                @Param("createdAt") Instant createdAt,
                @Param("seenAt") @Nullable Instant seenAt);

        @Select("SELECT id, display_name, active, balance, created_at, seen_at FROM account WHERE id = #{id}")
        Optional<Account> find(long id);

        @Select("SELECT id, display_name, active, balance, created_at, seen_at FROM account ORDER BY id")
        List<Account> all();

        @Select("SELECT balance FROM account WHERE id = #{id}")
        long balance(long id);

        @Update("UPDATE account SET balance = #{balance} WHERE id = #{id}")
        int setBalance(@Param("id") long id, @Param("balance") long balance);

        @Update("UPDATE account SET balance = balance + #{amount} WHERE id = #{id}")
        int add(@Param("id") long id, @Param("amount") long amount);

        @Select("SELECT 'a' || 'b'")
        String concatenation();
    }

    private Database open(TestDatabase kind) {
        Database database = kind.open(folder, AccountMapper.class);
        create(database);
        return database;
    }

    private static void create(Database database) {
        String ddl = """
                CREATE TABLE account (id $id, display_name $name NOT NULL UNIQUE, active $bool NOT NULL,
                    balance BIGINT NOT NULL, created_at BIGINT NOT NULL, seen_at BIGINT) $options
                """;
        for (var placeholder : database.dialect().placeholders().entrySet()) {
            ddl = ddl.replace("$" + placeholder.getKey(), placeholder.getValue());
        }
        String text = ddl;
        database.write(transaction -> {
            transaction.mapper(AccountMapper.class).ddl(text);
            return true;
        });
    }

    private static final RowStatement INSERT = RowStatement.of(
            "INSERT INTO account (display_name, active, balance, created_at, seen_at) VALUES (?, ?, ?, ?, ?)");

    private static final RowStatement RAISE =
            new RowStatement("UPDATE account SET balance = ? WHERE display_name = ? AND balance = ?", """
            UPDATE account a
            JOIN JSON_TABLE(?, '$[*]' COLUMNS (raised BIGINT PATH '$[0]', display_name VARCHAR(255) PATH '$[1]',
                held BIGINT PATH '$[2]')) AS t
              ON a.display_name = t.display_name AND a.balance = t.held
            SET a.balance = t.raised""");

    private static @Nullable Object[] row(String name, long balance) {
        return new @Nullable Object[] {name, 1, balance, 0L, null};
    }

    private static long insert(Database database, String name, long balance) {
        return database.write(transaction -> {
            transaction.mapper(AccountMapper.class).insert(name, true, balance, Instant.EPOCH, null);
            return transaction.insertedId();
        });
    }

    private static long balance(Database database, long id) {
        return database.read(AccountMapper.class, mapper -> mapper.balance(id));
    }

    @ParameterizedTest
    @EnumSource
    void rowsBecomeRecords(TestDatabase kind) {
        try (Database database = open(kind)) {
            Instant created = Instant.parse("2026-11-24T01:02:03.004Z");
            long id = database.write(transaction -> {
                transaction.mapper(AccountMapper.class).insert("Ünï 🦊", true, Long.MAX_VALUE, created, null);
                return transaction.insertedId();
            });
            Optional<Account> found = database.read(AccountMapper.class, mapper -> mapper.find(id));
            assertThat(found).contains(new Account(id, "Ünï 🦊", true, Long.MAX_VALUE, created, null));
            Optional<Account> other = database.read(AccountMapper.class, mapper -> mapper.find(id + 1));
            assertThat(other).isEmpty();
        }
    }

    @ParameterizedTest
    @EnumSource
    void oneSqlTextMeansTheSame(TestDatabase kind) {
        try (Database database = open(kind)) {
            String joined = database.read(AccountMapper.class, AccountMapper::concatenation);
            assertThat(joined).isEqualTo("ab");
            insert(database, "name", 0);
            // Names differ by case, and an update that changes nothing still counts its row.
            long other = insert(database, "NAME", 7);
            int matched = database.write(
                    transaction -> transaction.mapper(AccountMapper.class).setBalance(other, 7));
            assertThat(matched).isEqualTo(1);
        }
    }

    @ParameterizedTest
    @EnumSource
    void manyRowsAreWrittenInOneGo(TestDatabase kind) {
        try (Database database = open(kind)) {
            List<@Nullable Object[]> rows = new ArrayList<>();
            for (int number = 1; number <= 500; number++) {
                rows.add(row("Ünï 🦊 ' \" \\ " + number, number));
            }
            assertThat((int) database.write(transaction -> transaction.each(INSERT, rows)))
                    .isEqualTo(500);
            List<Account> all = database.read(AccountMapper.class, AccountMapper::all);
            assertThat(all).hasSize(500);
            assertThat(all.get(499).displayName()).isEqualTo("Ünï 🦊 ' \" \\ 500");
            assertThat(all.get(499).balance()).isEqualTo(500);
            assertThat(all.get(499).seenAt()).isNull();
            assertThat((int) database.write(transaction -> transaction.each(INSERT, List.of())))
                    .isZero();
        }
    }

    @ParameterizedTest
    @EnumSource
    void anUpdateOfManyRowsCountsThoseThatFitted(TestDatabase kind) {
        try (Database database = open(kind)) {
            List<@Nullable Object[]> changes = new ArrayList<>();
            for (int number = 1; number <= 10; number++) {
                insert(database, "name " + number, number);
                // The last three find another balance than they tell.
                changes.add(new @Nullable Object[] {100L + number, "name " + number, number > 7 ? 0L : (long) number});
            }
            assertThat((int) database.write(transaction -> transaction.each(RAISE, changes)))
                    .isEqualTo(7);
            assertThat(database.read(AccountMapper.class, AccountMapper::all))
                    .extracting(Account::balance)
                    .containsExactly(101L, 102L, 103L, 104L, 105L, 106L, 107L, 8L, 9L, 10L);
            // One that changes nothing counts its row, on both.
            changes.clear();
            changes.add(new @Nullable Object[] {8L, "name 8", 8L});
            assertThat((int) database.write(transaction -> transaction.each(RAISE, changes)))
                    .isEqualTo(1);
        }
    }

    @ParameterizedTest
    @EnumSource
    void oneBadRowOfManyTakesAllAlong(TestDatabase kind) {
        try (Database database = open(kind)) {
            insert(database, "c", 1);
            List<@Nullable Object[]> rows = new ArrayList<>();
            for (String name : List.of("a", "b", "c", "d")) {
                rows.add(row(name, 2));
            }
            assertThatThrownBy(() -> database.write(transaction -> transaction.each(INSERT, rows)))
                    .isInstanceOfSatisfying(
                            DatabaseException.class,
                            e -> assertThat(e.isDuplicate()).isTrue());
            assertThat(database.read(AccountMapper.class, AccountMapper::all)).hasSize(1);
            // What is kept of the statement has forgotten the rows.
            List<@Nullable Object[]> one = new ArrayList<>();
            one.add(row("e", 1));
            assertThat((int) database.write(transaction -> transaction.each(INSERT, one)))
                    .isEqualTo(1);
            assertThat(database.read(AccountMapper.class, AccountMapper::all)).hasSize(2);
        }
    }

    @ParameterizedTest
    @EnumSource
    void failedTransactionLeavesNothing(TestDatabase kind) {
        try (Database database = open(kind)) {
            long id = insert(database, "a", 10);
            assertThatThrownBy(() -> database.write(transaction -> {
                        transaction.mapper(AccountMapper.class).add(id, 5);
                        throw new IllegalArgumentException("changed my mind");
                    }))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("changed my mind");
            assertThat(balance(database, id)).isEqualTo(10);
            assertThat(insert(database, "b", 1)).isGreaterThan(id);
        }
    }

    @ParameterizedTest
    @EnumSource
    void readInsideATransactionSeesItsWrites(TestDatabase kind) {
        try (Database database = open(kind)) {
            long id = insert(database, "a", 10);
            long seen = database.write(transaction -> {
                transaction.mapper(AccountMapper.class).add(id, 5);
                return balance(database, id);
            });
            assertThat(seen).isEqualTo(15);
        }
    }

    @ParameterizedTest
    @EnumSource
    void transactionsDoNotNest(TestDatabase kind) {
        try (Database database = open(kind)) {
            assertThatThrownBy(() -> database.write(outer -> database.write(inner -> 1)))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("pass the outer one on");
            assertThat(insert(database, "a", 1)).isPositive();
        }
    }

    @ParameterizedTest
    @EnumSource
    void readersDoNotSeeWhatIsNotCommitted(TestDatabase kind) throws Exception {
        try (Database database = open(kind);
                ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            long id = insert(database, "a", 10);
            CountDownLatch written = new CountDownLatch(1);
            CountDownLatch read = new CountDownLatch(1);
            Future<Integer> writer = threads.submit(() -> database.write(transaction -> {
                int changed = transaction.mapper(AccountMapper.class).add(id, 5);
                written.countDown();
                await(read);
                return changed;
            }));
            await(written);
            assertThat(balance(database, id)).isEqualTo(10);
            read.countDown();
            assertThat(writer.get(10, TimeUnit.SECONDS)).isEqualTo(1);
            assertThat(balance(database, id)).isEqualTo(15);
        }
    }

    @ParameterizedTest
    @EnumSource
    void duplicateKeysAreToldApart(TestDatabase kind) {
        try (Database database = open(kind)) {
            insert(database, "a", 1);
            assertThatThrownBy(() -> insert(database, "a", 2)).isInstanceOfSatisfying(DatabaseException.class, e -> {
                assertThat(e.isDuplicate()).isTrue();
                assertThat(e.isUnavailable()).isFalse();
            });
            boolean inside = database.write(transaction -> {
                try {
                    transaction.mapper(AccountMapper.class).insert("a", true, 2, Instant.EPOCH, null);
                    return false;
                } catch (RuntimeException e) {
                    return DatabaseException.isDuplicate(e);
                }
            });
            assertThat(inside).isTrue();
        }
    }

    @ParameterizedTest
    @EnumSource
    void parallelWritersCountExactly(TestDatabase kind) throws Exception {
        try (Database database = open(kind);
                ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            long id = insert(database, "a", 0);
            List<Future<?>> writers = new ArrayList<>();
            for (int writer = 0; writer < 32; writer++) {
                writers.add(threads.submit(() -> {
                    for (int round = 0; round < 25; round++) {
                        assertThat((int) database.write(transaction ->
                                        transaction.mapper(AccountMapper.class).add(id, 1)))
                                .isEqualTo(1);
                    }
                }));
            }
            for (Future<?> writer : writers) {
                writer.get(60, TimeUnit.SECONDS);
            }
            assertThat(balance(database, id)).isEqualTo(32 * 25);
        }
    }

    @ParameterizedTest
    @EnumSource
    void deadlockVictimsAreDoneAgain(TestDatabase kind) throws Exception {
        try (Database database = open(kind);
                ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            long left = insert(database, "left", 0);
            long right = insert(database, "right", 0);
            AtomicInteger runs = new AtomicInteger();
            CyclicBarrier both = new CyclicBarrier(2);
            Future<Integer> one = threads.submit(() -> crosswise(database, left, right, runs, both));
            Future<Integer> two = threads.submit(() -> crosswise(database, right, left, runs, both));
            assertThat(one.get(60, TimeUnit.SECONDS) + two.get(60, TimeUnit.SECONDS))
                    .isEqualTo(4);
            assertThat(balance(database, left)).isEqualTo(2);
            assertThat(balance(database, right)).isEqualTo(2);
            if (kind == TestDatabase.MARIADB) {
                assertThat(runs.get()).as("one of both met the deadlock").isGreaterThan(2);
            }
        }
    }

    /** Changes two rows; on the first run, waits in between until the other transaction has changed its first row. */
    private static int crosswise(Database database, long first, long second, AtomicInteger runs, CyclicBarrier both) {
        AtomicInteger ownRuns = new AtomicInteger();
        return database.write(transaction -> {
            runs.incrementAndGet();
            AccountMapper mapper = transaction.mapper(AccountMapper.class);
            int changed = mapper.add(first, 1);
            if (database.dialect() == Dialect.MYSQL && ownRuns.incrementAndGet() == 1) {
                try {
                    both.await(10, TimeUnit.SECONDS);
                } catch (Exception e) {
                    throw new IllegalStateException(e);
                }
            }
            return changed + mapper.add(second, 1);
        });
    }

    @ParameterizedTest
    @EnumSource
    void dataOutlivesTheProcess(TestDatabase kind) {
        DatabaseConfig config = kind.config(folder);
        long id;
        try (Database database = Database.open(config, List.of(AccountMapper.class))) {
            create(database);
            id = insert(database, "a", 42);
        }
        try (Database database = Database.open(config, List.of(AccountMapper.class))) {
            assertThat(balance(database, id)).isEqualTo(42);
        }
    }

    @ParameterizedTest
    @EnumSource
    void interruptedWriterNeitherHangsNorBreaksTheConnection(TestDatabase kind) throws Exception {
        try (Database database = open(kind)) {
            long id = insert(database, "a", 0);
            Thread writer = Thread.ofVirtual().start(() -> {
                Thread.currentThread().interrupt();
                try {
                    database.write(transaction ->
                            transaction.mapper(AccountMapper.class).add(id, 1));
                } catch (DatabaseException expected) {
                    assertThat(expected.isUnavailable()).isTrue();
                }
            });
            assertThat(writer.join(Duration.ofSeconds(10))).isTrue();
            database.write(
                    transaction -> transaction.mapper(AccountMapper.class).add(id, 1));
            assertThat(balance(database, id)).isEqualTo(1);
        }
    }

    private static void await(CountDownLatch latch) {
        try {
            assertThat(latch.await(10, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
