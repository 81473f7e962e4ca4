package io.patchbay.foundation.database;

import com.mysql.cj.jdbc.MysqlDataSource;
import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.patchbay.foundation.config.DatabaseConfig.MySql;
import io.patchbay.foundation.database.DatabaseException.Reason;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Function;
import javax.sql.DataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** MySQL 8 or MariaDB behind two pools: one whose statements stand for themselves, one for transactions. */
final class MySqlEngine implements Engine {
    private static final Logger log = LoggerFactory.getLogger(MySqlEngine.class);
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final int MAX_ATTEMPTS = 12;
    private static final int MAX_LOST_CONNECTIONS = 2;
    private static final long FIRST_PAUSE_MILLIS = 4;
    private static final long LONGEST_PAUSE_MILLIS = 500;

    private final MySql config;
    private final DataSource plain;
    private final HikariDataSource readers;
    private final HikariDataSource writers;
    private final Gate readGate;
    private final Gate writeGate;

    private MySqlEngine(MySql config, DataSource plain) {
        this.config = config;
        this.plain = plain;
        int writing = Math.max(1, config.poolSize() / 2);
        int reading = Math.max(1, config.poolSize() - writing);
        this.readers = pool("mysql-readers", plain, reading, true);
        this.writers = pool("mysql-writers", plain, writing, false);
        this.readGate = new Gate(reading, "database connection", PATIENCE);
        this.writeGate = new Gate(writing, "database connection", PATIENCE);
    }

    /** Waits until the server answers, for as long as the configuration allows. */
    static MySqlEngine open(MySql config) {
        MysqlDataSource plain = MySqlSource.of(config);
        MySqlSource.awaitReachable(plain, config);
        return new MySqlEngine(config, plain);
    }

    @Override
    public Dialect dialect() {
        return Dialect.MYSQL;
    }

    @Override
    public String where() {
        return "MySQL database " + config.database() + " at " + config.host() + ":" + config.port();
    }

    @Override
    public DataSource plainSource() {
        return plain;
    }

    @Override
    public Gate readGate() {
        return readGate;
    }

    @Override
    public Gate writeGate() {
        return writeGate;
    }

    @Override
    public <R> R reading(Function<Connection, R> work) {
        return readGate.pass(() -> {
            try (Connection connection = readers.getConnection()) {
                return work.apply(connection);
            } catch (SQLException | RuntimeException e) {
                throw SqlFaults.translate("read", e);
            }
        });
    }

    /** When the disk gets a commit is the server's setting, the same for all. */
    @Override
    public <R> R writing(Commit commit, Function<Connection, R> work) {
        return writeGate.pass(() -> {
            int lost = 0;
            for (int attempt = 1; ; attempt++) {
                try {
                    return inTransaction(work);
                } catch (SQLException | RuntimeException e) {
                    boolean again = SqlFaults.isConflict(e)
                            || (SqlFaults.isConnectionLost(e) && ++lost <= MAX_LOST_CONNECTIONS);
                    if (!again || attempt >= MAX_ATTEMPTS || e instanceof DatabaseException) {
                        throw SqlFaults.translate("write", e);
                    }
                    log.debug("attempt {} of a transaction is repeated: {}", attempt, e.getMessage());
                    pause(attempt);
                }
            }
        });
    }

    private <R> R inTransaction(Function<Connection, R> work) throws SQLException {
        try (Connection connection = writers.getConnection()) {
            R result;
            try {
                result = work.apply(connection);
            } catch (RuntimeException | Error e) {
                rollBack(connection);
                throw e;
            }
            commit(connection);
            return result;
        }
    }

    private static void commit(Connection connection) throws SQLException {
        try {
            connection.commit();
        } catch (SQLException e) {
            if (SqlFaults.isConflict(e)) {
                rollBack(connection);
                throw e;
            }
            throw new DatabaseException(
                    Reason.UNCERTAIN, "the connection broke during a commit; whether it took effect is not known", e);
        }
    }

    private static void rollBack(Connection connection) {
        try {
            connection.rollback();
        } catch (SQLException e) {
            // The pool discards a broken connection, and the server rolls back what it left open.
            log.debug("a transaction could not be rolled back: {}", e.getMessage());
        }
    }

    /** Sleeps a random time that grows with each attempt, so that victims of one deadlock do not meet again. */
    private static void pause(int attempt) {
        long bound = Math.min(LONGEST_PAUSE_MILLIS, FIRST_PAUSE_MILLIS << Math.min(attempt, 16));
        try {
            Thread.sleep(ThreadLocalRandom.current().nextLong(1, bound + 1));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new DatabaseException(Reason.UNAVAILABLE, "interrupted between two attempts of a transaction", e);
        }
    }

    @Override
    public void close() {
        readers.close();
        writers.close();
    }

    private static HikariDataSource pool(String name, DataSource source, int size, boolean autoCommit) {
        HikariConfig config = new HikariConfig();
        config.setPoolName(name);
        config.setDataSource(source);
        config.setMaximumPoolSize(size);
        config.setMinimumIdle(Math.min(2, size));
        config.setAutoCommit(autoCommit);
        config.setTransactionIsolation("TRANSACTION_READ_COMMITTED");
        config.setConnectionTimeout(Duration.ofSeconds(10).toMillis());
        config.setMaxLifetime(Duration.ofMinutes(20).toMillis());
        config.setKeepaliveTime(Duration.ofMinutes(2).toMillis());
        config.setInitializationFailTimeout(-1);
        return new HikariDataSource(config);
    }
}
