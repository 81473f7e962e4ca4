package io.patchbay.foundation.config;

import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Where the data lives.
 *
 * @param mysql the MySQL or MariaDB server, or null to use SQLite
 * @param sqliteFile the SQLite file, used when {@code mysql} is null
 */
public record DatabaseConfig(@Nullable MySql mysql, Path sqliteFile) {

    /**
     * A MySQL or MariaDB server.
     *
     * @param port 1 to 65535
     * @param database the schema, which must exist
     * @param tls whether TLS is required and the server's name verified
     * @param poolSize the largest number of connections
     * @param startTimeout how long a start waits for the server to become reachable
     */
    public record MySql(
            String host,
            int port,
            String user,
            String password,
            String database,
            boolean tls,
            int poolSize,
            Duration startTimeout) {
        /** Creates a configuration with 32 connections and a start time-out of 60 seconds. */
        public MySql(String host, int port, String user, String password, String database, boolean tls) {
            this(host, port, user, password, database, tls, 32, Duration.ofSeconds(60));
        }

        @Override
        public String toString() {
            return "MySql[" + user + ":***@" + host + ":" + port + "/" + database + ", tls=" + tls + ", poolSize="
                    + poolSize + ", startTimeout=" + startTimeout + "]";
        }
    }

    /** Returns a configuration for a SQLite file. */
    public static DatabaseConfig sqlite(Path file) {
        return new DatabaseConfig(null, file);
    }

    static DatabaseConfig from(Path home, ConfigSource source) {
        Path file = home.resolve(source.text("sqlite.file", "db/patchbay.db"));
        String host = source.text("mysql.host", "");
        MySql mysql = new MySql(
                host,
                source.integer("mysql.port", 3306, 1, 65_535),
                source.text("mysql.user", "root"),
                source.secret("mysql.password").orElse(""),
                databaseName(source),
                source.flag("mysql.tls", false),
                source.integer("mysql.pool_size", 32, 2, 1_000),
                source.duration("mysql.start_timeout", Duration.ofSeconds(60), Duration.ZERO, Duration.ofHours(1)));
        return new DatabaseConfig(host.isEmpty() ? null : mysql, file);
    }

    private static String databaseName(ConfigSource source) {
        String older = source.text("mysql.db", "");
        String name = source.text("mysql.database", older.isEmpty() ? "patchbay" : older);
        if (!older.isEmpty() && !older.equals(name)) {
            source.warn("mysql.database and mysql.db are both set and differ; mysql.database wins");
        }
        if (!name.matches("[\\p{L}\\p{N}_$.-]{1,64}")) {
            source.complain("mysql.database", "expected the name of a database, found \"" + name + "\"");
        }
        return name;
    }
}
