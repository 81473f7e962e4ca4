package io.patchbay.foundation.database;

import java.sql.Connection;
import java.time.Instant;
import java.util.Collection;
import java.util.Properties;
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

/** MyBatis over connections that we open, commit and close ourselves. */
final class Sessions {
    private final SqlSessionFactory factory;

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
        this.factory = new SqlSessionFactoryBuilder().build(configuration);
    }

    /** Runs work in a session; {@code REUSE} keeps prepared statements for as long as it lasts. */
    <R> R with(Connection connection, ExecutorType type, Function<SqlSession, R> work) {
        try (SqlSession session = factory.openSession(type, connection)) {
            return work.apply(session);
        }
    }
}
