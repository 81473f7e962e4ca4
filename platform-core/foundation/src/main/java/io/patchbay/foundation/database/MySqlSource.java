package io.patchbay.foundation.database;

import com.mysql.cj.jdbc.MysqlDataSource;
import io.patchbay.foundation.config.DatabaseConfig.MySql;
import io.patchbay.foundation.database.DatabaseException.Reason;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.security.cert.CertificateException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Connections to MySQL or MariaDB, outside any pool. */
final class MySqlSource {
    private static final Logger log = LoggerFactory.getLogger(MySqlSource.class);
    private static final int LOGIN_SECONDS = 5;
    private static final Duration PAUSE = Duration.ofSeconds(2);

    /**
     * PIPES_AS_CONCAT lets one SQL text serve SQLite too; the rest refuses what would be stored changed.
     */
    private static final String SESSION = "sql_mode='STRICT_TRANS_TABLES,NO_ZERO_IN_DATE,NO_ZERO_DATE,"
            + "ERROR_FOR_DIVISION_BY_ZERO,NO_ENGINE_SUBSTITUTION,PIPES_AS_CONCAT',innodb_lock_wait_timeout=10";

    static {
        // Every connection is closed by its pool; the driver's clean-up thread would only outlive us.
        System.setProperty("com.mysql.cj.disableAbandonedConnectionCleanup", "true");
    }

    private MySqlSource() {}

    static MysqlDataSource of(MySql config) {
        String host = config.host().contains(":") ? "[" + config.host() + "]" : config.host();
        String url = "jdbc:mysql://" + host + ":" + config.port() + "/" + encoded(config.database()) + "?"
                + options(config).entrySet().stream()
                        .map(option -> option.getKey() + "=" + encoded(option.getValue()))
                        .collect(Collectors.joining("&"));
        MysqlDataSource source = new Source();
        source.setUrl(url);
        source.setUser(config.user());
        source.setPassword(config.password());
        return source;
    }

    /** The driver's source knows no such time-out and says zero, which a closing pool takes for its own patience. */
    private static final class Source extends MysqlDataSource {
        @Override
        public int getLoginTimeout() {
            return LOGIN_SECONDS;
        }
    }

    /**
     * Waits until a connection succeeds.
     *
     * @throws DatabaseException when the server refuses us, or is not reachable for longer than the configuration allows
     */
    static void awaitReachable(MysqlDataSource source, MySql config) {
        long deadline = System.nanoTime() + config.startTimeout().toNanos();
        String server = config.host() + ":" + config.port();
        while (true) {
            try (Connection connection = source.getConnection()) {
                log.debug("connected to {}", connection.getMetaData().getDatabaseProductVersion());
                return;
            } catch (SQLException e) {
                refuseHopeless(e, config, server);
                long left = Duration.ofNanos(deadline - System.nanoTime()).toSeconds();
                if (left <= 0) {
                    throw new DatabaseException(
                            Reason.UNAVAILABLE,
                            "MySQL at " + server + " was not reachable within "
                                    + config.startTimeout().toSeconds() + " s (mysql.start_timeout): " + rootMessage(e),
                            e);
                }
                log.warn("MySQL at {} is not reachable, trying for {} s more: {}", server, left, rootMessage(e));
                pause(server);
            }
        }
    }

    /** Waiting helps against neither a wrong password, nor a missing database, nor a certificate of somebody else. */
    private static void refuseHopeless(SQLException failure, MySql config, String server) {
        if (config.tls() && causedBy(failure, CertificateException.class)) {
            throw new DatabaseException(
                    "MySQL at " + server + " has a certificate that cannot be verified: " + rootMessage(failure)
                            + "; with mysql.tls it must name \"" + config.host()
                            + "\" and come from an authority that Java trusts (JAVA_OPTS=-Djavax.net.ssl.trustStore=...)",
                    failure);
        }
        switch (failure.getErrorCode()) {
            case 1044, 1045, 1698 ->
                throw new DatabaseException(
                        "MySQL at " + server + " refuses user \"" + config.user()
                                + "\"; check mysql.user, mysql.password and the user's rights on database \""
                                + config.database() + "\"",
                        failure);
            case 1049 ->
                throw new DatabaseException(
                        "MySQL at " + server + " has no database \"" + config.database()
                                + "\"; create it (CREATE DATABASE) or correct mysql.database",
                        failure);
            default -> {}
        }
    }

    private static void pause(String server) {
        try {
            Thread.sleep(PAUSE);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new DatabaseException(Reason.UNAVAILABLE, "interrupted while waiting for MySQL at " + server, e);
        }
    }

    private static String rootMessage(Throwable failure) {
        Throwable root = failure;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        return root.getClass().getSimpleName() + ": " + root.getMessage();
    }

    private static boolean causedBy(Throwable failure, Class<? extends Throwable> type) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (type.isInstance(cause)) {
                return true;
            }
        }
        return false;
    }

    private static Map<String, String> options(MySql config) {
        Map<String, String> options = new LinkedHashMap<>();
        if (config.tls()) {
            options.put("sslMode", "VERIFY_IDENTITY");
            options.put("tlsVersions", "TLSv1.2,TLSv1.3");
        } else {
            options.put("sslMode", "PREFERRED");
            options.put("allowPublicKeyRetrieval", "true");
        }
        options.put("connectionTimeZone", "UTC");
        options.put("characterEncoding", "UTF-8");
        // Known to MySQL and MariaDB alike; the driver's own choice is not.
        options.put("connectionCollation", "utf8mb4_bin");
        options.put("sessionVariables", SESSION);
        options.put("cachePrepStmts", "true");
        options.put("prepStmtCacheSize", "256");
        options.put("prepStmtCacheSqlLimit", "4096");
        options.put("cacheResultSetMetadata", "true");
        options.put("cacheServerConfiguration", "true");
        options.put("useLocalSessionState", "true");
        options.put("rewriteBatchedStatements", "true");
        options.put("maintainTimeStats", "false");
        options.put("tcpKeepAlive", "true");
        options.put("connectTimeout", LOGIN_SECONDS + "000");
        options.put("socketTimeout", "60000");
        return options;
    }

    private static String encoded(String value) {
        return URLEncoder.encode(value, StandardCharsets.UTF_8).replace("+", "%20");
    }
}
