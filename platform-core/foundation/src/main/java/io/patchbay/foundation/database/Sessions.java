package io.patchbay.foundation.database;

import java.sql.Connection;
import java.time.Instant;
import java.util.Collection;
import java.util.Properties;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiFunction;
import java.util.function.Function;
import javax.sql.DataSource;
import org.apache.ibatis.logging.nologging.NoLoggingImpl;
import org.apache.ibatis.mapping.Environment;
import org.apache.ibatis.session.Configuration;
import org.apache.ibatis.session.ExecutorType;
import org.apache.ibatis.session.LocalCacheScope;
import org.apache.ibatis.session.SqlSession;
import org.apache.ibatis.session.SqlSessionFactory;
import org.apache.ibatis.session.SqlSessionFactoryBuilder;
import org.apache.ibatis.transaction.managed.ManagedTransactionFactory;
import org.jspecify.annotations.Nullable;

/** MyBatis over connections that we open, commit and close ourselves. */
final class Sessions {
    /** So many transactions share a session, because statements whose text differs pile up in it. */
    private static final int KEPT_FOR = 256;

    private final SqlSessionFactory factory;
    private final boolean oneWriter;

    /** Of the one connection that writes to SQLite; touched only by whoever holds that connection. */
    private @Nullable Kept kept;

    private record Kept(Connection connection, SqlSession session, RowStatements statements, AtomicInteger left) {
        static Kept of(Connection connection, SqlSession session) {
            return new Kept(connection, session, new RowStatements(connection, false), new AtomicInteger(KEPT_FOR));
        }

        void close() {
            statements.close();
            session.close();
        }
    }

    Sessions(Dialect dialect, DataSource source, Collection<Class<?>> mappers) {
        ManagedTransactionFactory transactions = new ManagedTransactionFactory();
        Properties properties = new Properties();
        properties.setProperty("closeConnection", "false");
        transactions.setProperties(properties);

        Configuration configuration = new Configuration(new Environment("patchbay", transactions, source));
        configuration.setDatabaseId(dialect.databaseId());
        configuration.setMapUnderscoreToCamelCase(true);
        configuration.setArgNameBasedConstructorAutoMapping(true);
        configuration.setCacheEnabled(false);
        configuration.setLocalCacheScope(LocalCacheScope.STATEMENT);
        // Its debug lines show the values of rows.
        configuration.setLogImpl(NoLoggingImpl.class);
        configuration.getTypeHandlerRegistry().register(Instant.class, new InstantMillis());
        mappers.stream().distinct().forEach(configuration::addMapper);
        configuration.setObjectFactory(new RowFactory());
        this.factory = new SqlSessionFactoryBuilder().build(configuration);
        this.oneWriter = dialect == Dialect.SQLITE;
    }

    /** Runs work in a session; {@code REUSE} keeps prepared statements for as long as it lasts. */
    <R> R with(Connection connection, ExecutorType type, Function<SqlSession, R> work) {
        try (SqlSession session = factory.openSession(type, connection)) {
            return work.apply(session);
        }
    }

    /**
     * Runs a transaction's work. SQLite has one connection that writes, and it compiles each statement anew unless the
     * session that holds them lives on: half the time of a small transaction.
     */
    <R> R writing(Connection connection, BiFunction<SqlSession, RowStatements, R> work) {
        if (!oneWriter) {
            try (RowStatements statements = new RowStatements(connection, true)) {
                return with(connection, ExecutorType.REUSE, session -> work.apply(session, statements));
            }
        }
        Kept mine = kept;
        if (mine == null || !mine.connection().equals(connection)) {
            mine = Kept.of(connection, factory.openSession(ExecutorType.REUSE, connection));
        }
        kept = null;
        boolean fine = false;
        try {
            R result = work.apply(mine.session(), mine.statements());
            fine = mine.left().decrementAndGet() > 0;
            return result;
        } finally {
            if (fine) {
                kept = mine;
            } else {
                mine.close();
            }
        }
    }
}
