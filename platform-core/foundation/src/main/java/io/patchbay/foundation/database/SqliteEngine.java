package io.patchbay.foundation.database;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Function;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteConfig.JournalMode;
import org.sqlite.SQLiteConfig.SynchronousMode;
import org.sqlite.SQLiteConfig.TempStore;
import org.sqlite.SQLiteDataSource;

/** SQLite in WAL mode: one connection writes, a few read beside it. */
final class SqliteEngine implements Engine {
    private static final Logger log = LoggerFactory.getLogger(SqliteEngine.class);
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final int BUSY_MILLIS = 10_000;
    private static final int CACHE_KIB = 8_192;
    private static final int JOURNAL_BYTES = 64 * 1024 * 1024;

    private final Path file;
    private final SQLiteDataSource source;
    private final HikariDataSource readers;
    private final Gate readGate;
    private final Gate writeGate = new Gate(1, "turn to write", PATIENCE);
    private final ExecutorService committer;

    /** Touched only inside the write gate; null after it broke, until the next use opens it again. */
    private @Nullable Connection writer;

    /** How the writer commits at the moment. Touched only inside the write gate. */
    private Commit mode = Commit.SYNCED;

    private SqliteEngine(Path file, SQLiteDataSource source, HikariDataSource readers, Connection writer) {
        this.file = file;
        this.source = source;
        this.readers = readers;
        this.writer = writer;
        this.readGate = new Gate(readers.getMaximumPoolSize(), "database reader", PATIENCE);
        this.committer = Executors.newSingleThreadExecutor(
                Thread.ofPlatform().daemon().name("database-commit").factory());
    }

    static SqliteEngine open(Path file) {
        prepare(file);
        SQLiteDataSource source = new SQLiteDataSource(settings());
        source.setUrl("jdbc:sqlite:" + file.toAbsolutePath());
        try {
            Connection writer = source.getConnection();
            // A native call holds its carrier thread, so there are no more readers than processors.
            int count = Math.clamp(Runtime.getRuntime().availableProcessors(), 2, 8);
            return new SqliteEngine(file, source, readers(source, count), writer);
        } catch (SQLException e) {
            throw new DatabaseException("cannot open the SQLite file " + file + ": " + e.getMessage(), e);
        }
    }

    @Override
    public Dialect dialect() {
        return Dialect.SQLITE;
    }

    @Override
    public String where() {
        return "SQLite file " + file;
    }

    @Override
    public DataSource plainSource() {
        return source;
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

    @Override
    public <R> R writing(Commit commit, Function<Connection, R> work) {
        return writeGate.pass(() -> {
            try {
                return inTransaction(commit, work);
            } catch (SQLException | RuntimeException e) {
                throw SqlFaults.translate("write", e);
            }
        });
    }

    private <R> R inTransaction(Commit commit, Function<Connection, R> work) throws SQLException {
        Connection connection = writer();
        if (mode != commit) {
            execute(connection, "PRAGMA synchronous=" + (commit == Commit.SYNCED ? "FULL" : "NORMAL"));
            mode = commit;
        }
        // Taking the write lock first means that a transaction can never fail half-way because another one wrote.
        execute(connection, "BEGIN IMMEDIATE");
        R result;
        try {
            result = work.apply(connection);
            commit(connection);
        } catch (SQLException | RuntimeException | Error e) {
            rollBack(connection);
            throw e;
        }
        return result;
    }

    private Connection writer() throws SQLException {
        if (writer == null) {
            writer = source.getConnection();
            mode = Commit.SYNCED;
        }
        return writer;
    }

    /**
     * Commits, which may wait for the disk.
     *
     * <p>That wait is a native call: on a virtual thread it would hold a carrier that others need, so a platform thread
     * does it. The wait for that thread ignores interrupts, because the outcome must be known.
     */
    private void commit(Connection connection) throws SQLException {
        if (!Thread.currentThread().isVirtual()) {
            execute(connection, "COMMIT");
            return;
        }
        try {
            CompletableFuture.runAsync(
                            () -> {
                                try {
                                    execute(connection, "COMMIT");
                                } catch (SQLException e) {
                                    throw new CompletionException(e);
                                }
                            },
                            committer)
                    .join();
        } catch (CompletionException e) {
            throw e.getCause() instanceof SQLException sql ? sql : new SQLException("commit failed", e);
        }
    }

    private void rollBack(Connection connection) {
        try {
            execute(connection, "ROLLBACK");
        } catch (SQLException e) {
            log.warn("a transaction could not be rolled back; its connection is closed", e);
            writer = null;
            closeQuietly(connection);
        }
    }

    @Override
    public void close() {
        writeGate.pass(() -> {
            if (writer != null) {
                closeQuietly(writer);
                writer = null;
            }
            return true;
        });
        readers.close();
        committer.shutdown();
    }

    private static void execute(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private static void closeQuietly(Connection connection) {
        try {
            connection.close();
        } catch (SQLException e) {
            log.warn("a connection could not be closed", e);
        }
    }

    private static SQLiteConfig settings() {
        SQLiteConfig config = new SQLiteConfig();
        config.setJournalMode(JournalMode.WAL);
        // Money is durable: every commit waits for the disk, on macOS for its cache too.
        config.setSynchronous(SynchronousMode.FULL);
        config.enableFullSync(true);
        config.enforceForeignKeys(true);
        config.setBusyTimeout(BUSY_MILLIS);
        config.setTempStore(TempStore.MEMORY);
        config.setCacheSize(-CACHE_KIB);
        config.setJournalSizeLimit(JOURNAL_BYTES);
        return config;
    }

    private static HikariDataSource readers(DataSource source, int count) {
        HikariConfig config = new HikariConfig();
        config.setPoolName("sqlite-readers");
        config.setDataSource(source);
        config.setMaximumPoolSize(count);
        config.setMinimumIdle(1);
        config.setConnectionInitSql("PRAGMA query_only=1");
        config.setConnectionTimeout(PATIENCE.toMillis());
        return new HikariDataSource(config);
    }

    /** Creates the folder and an empty file that only its owner may read; SQLite gives its side files the same mode. */
    private static void prepare(Path file) {
        try {
            Path folder = Files.createDirectories(file.toAbsolutePath().getParent());
            if (Files.getFileStore(folder).supportsFileAttributeView("posix") && !Files.exists(file)) {
                Files.createFile(
                        file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
            }
        } catch (FileAlreadyExistsException e) {
            log.debug("{} was created by another process", file);
        } catch (IOException e) {
            throw new DatabaseException("cannot create the SQLite file " + file + ": " + e, e);
        }
    }
}
