package io.patchbay.foundation.database;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.patchbay.foundation.config.DatabaseConfig;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.function.Function;
import org.apache.ibatis.annotations.Select;
import org.apache.ibatis.session.ExecutorType;
import org.apache.ibatis.session.SqlSession;
import org.jspecify.annotations.Nullable;

/**
 * The one door to the tables. Safe for use by many threads; meant for virtual threads, which wait in line without
 * holding a carrier.
 *
 * <p>Mappers are MyBatis interfaces. Rows are records, matched by the names of their components ({@code user_id} to
 * {@code userId}); an {@link java.time.Instant} is a {@code BIGINT} of epoch milliseconds. Where the texts of the two
 * databases differ, a statement carries {@code databaseId} {@code "sqlite"} or {@code "mysql"}.
 */
public final class Database implements AutoCloseable {
    private final Engine engine;
    private final Sessions sessions;
    private final ScopedValue<SqlSession> open = ScopedValue.newInstance();

    private Database(Engine engine, Sessions sessions) {
        this.engine = engine;
        this.sessions = sessions;
    }

    /** Mappers of one transaction. Confined to the function that it was given to. */
    public interface Transaction {
        /**
         * Returns a mapper that works inside this transaction.
         *
         * @param type one of the mappers that the database was opened with
         */
        <M> M mapper(Class<M> type);

        /**
         * Runs a statement once for each row, all in one go, and returns how many rows of the table that wrote. For what
         * is written for every call: on SQLite it costs a fifth of a mapper's statement.
         *
         * @param statement a constant
         * @param rows the values of each row: texts, numbers or nulls; nothing happens when there are none
         */
        int each(RowStatement statement, List<@Nullable Object[]> rows);

        /** Returns the number that the last insert of this transaction gave to its row. */
        long insertedId();
    }

    /** Asks each database for the last number it gave. */
    interface InsertedId {
        @Select(databaseId = "sqlite", value = "SELECT last_insert_rowid()")
        @Select(databaseId = "mysql", value = "SELECT LAST_INSERT_ID()")
        long last();
    }

    /**
     * Opens the database and applies the migrations of all rooms on the class path.
     *
     * @param mappers the mapper interfaces of all rooms
     * @throws DatabaseException with a sentence for the operator when it cannot be opened or migrated
     */
    public static Database open(DatabaseConfig config, Collection<Class<?>> mappers) {
        Engine engine =
                config.mysql() == null ? SqliteEngine.open(config.sqliteFile()) : MySqlEngine.open(config.mysql());
        try {
            Migrations.run(engine.plainSource(), engine.dialect(), engine.where());
            List<Class<?>> all = new ArrayList<>(mappers);
            all.add(InsertedId.class);
            all.add(SettingMapper.class);
            return new Database(engine, new Sessions(engine.dialect(), engine.plainSource(), all));
        } catch (RuntimeException | Error e) {
            engine.close();
            throw e;
        }
    }

    /** Returns which kind of database this is. */
    public Dialect dialect() {
        return engine.dialect();
    }

    /**
     * Runs work that only reads; each statement sees what was committed when it began.
     *
     * <p>Inside {@link #write} it takes part in that transaction.
     *
     * @throws DatabaseException when the database fails, or no connection becomes free in time
     */
    public <M, R extends @Nullable Object> R read(Class<M> mapper, Function<M, R> work) {
        if (open.isBound()) {
            return work.apply(open.get().getMapper(mapper));
        }
        return engine.reading(connection ->
                sessions.with(connection, ExecutorType.SIMPLE, session -> work.apply(session.getMapper(mapper))));
    }

    /**
     * Runs work as one transaction: all of it takes effect when this returns, durably, or none when it throws.
     *
     * <p>On MySQL the work is done again when it met a deadlock, so it must have no effects but on its mappers, and must
     * let their exceptions pass. Transactions do not nest: give the {@link Transaction} to what takes part.
     *
     * @throws DatabaseException when the database fails, or it is not this one's turn in time
     * @throws IllegalStateException when called inside another transaction
     */
    public <R extends @Nullable Object> R write(Function<Transaction, R> work) {
        return write(Engine.Commit.SYNCED, work);
    }

    /**
     * As {@link #write}, but does not wait for the disk where the database lets one choose (SQLite): a crash of this
     * process loses nothing, one of the machine may lose what was written since the last {@link #write}. For what is
     * written often and is no money.
     */
    public <R extends @Nullable Object> R writeUnsynced(Function<Transaction, R> work) {
        return write(Engine.Commit.WRITTEN, work);
    }

    private <R extends @Nullable Object> R write(Engine.Commit commit, Function<Transaction, R> work) {
        if (open.isBound()) {
            throw new IllegalStateException("a transaction inside a transaction; pass the outer one on");
        }
        return engine.writing(
                commit,
                connection -> sessions.writing(
                        connection,
                        (session, statements) -> ScopedValue.where(open, session)
                                .call(() -> work.apply(new Inside(session, statements)))));
    }

    /**
     * Offers {@code patchbay.database.waiting} and {@code patchbay.database.busy}, the callers in line and at work, with
     * tag {@code side} {@code read} or {@code write}.
     */
    public void bindTo(MeterRegistry registry) {
        meter(registry, "read", engine.readGate());
        meter(registry, "write", engine.writeGate());
    }

    private static void meter(MeterRegistry registry, String side, Gate gate) {
        Gauge.builder("patchbay.database.waiting", gate, Gate::waiting)
                .tag("side", side)
                .description("callers that wait for a connection")
                .register(registry);
        Gauge.builder("patchbay.database.busy", gate, Gate::busy)
                .tag("side", side)
                .description("callers that use a connection")
                .register(registry);
    }

    /** Closes all connections; calls in progress fail. */
    @Override
    public void close() {
        engine.close();
    }

    private record Inside(SqlSession session, RowStatements statements) implements Transaction {
        @Override
        public <M> M mapper(Class<M> type) {
            return session.getMapper(type);
        }

        @Override
        public int each(RowStatement statement, List<@Nullable Object[]> rows) {
            return statements.each(statement, rows);
        }

        @Override
        public long insertedId() {
            return mapper(InsertedId.class).last();
        }
    }
}
