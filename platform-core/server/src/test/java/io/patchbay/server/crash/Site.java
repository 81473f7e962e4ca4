package io.patchbay.server.crash;

import io.patchbay.accounts.Accounts;
import io.patchbay.billing.Billing;
import io.patchbay.billing.ledger.LedgerAudit;
import io.patchbay.foundation.config.ConfigSource;
import io.patchbay.foundation.config.DatabaseConfig;
import io.patchbay.foundation.config.PatchbayConfig;
import io.patchbay.foundation.database.Database;
import io.patchbay.foundation.testing.MariaDbServer;
import io.patchbay.server.process.Account;
import io.patchbay.server.process.ServerProcess;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

/**
 * What outlives the server process: its folder and its database. The methods that open the database are for times when
 * no server runs.
 *
 * @param settings the environment of each server
 */
record Site(Path home, Map<String, String> settings) {
    /** The password of the user root. */
    static final String PASSWORD = "a-long-test-password";

    /**
     * Makes an empty site.
     *
     * @param database {@code sqlite}, or {@code mariadb} for a new database on a real server
     */
    static Site create(Path home, String database) {
        try {
            Files.createDirectories(home);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Map<String, String> settings = new HashMap<>();
        settings.put("PATCHBAY_HOME", home.toString());
        settings.put("SERVER_HOST", "127.0.0.1");
        settings.put("ROOT_PASSWORD", PASSWORD);
        switch (database) {
            case "sqlite" -> {}
            case "mariadb" -> {
                DatabaseConfig.MySql mysql = MariaDbServer.shared().newDatabase();
                settings.put("MYSQL_HOST", mysql.host());
                settings.put("MYSQL_PORT", Integer.toString(mysql.port()));
                settings.put("MYSQL_USER", mysql.user());
                settings.put("MYSQL_PASSWORD", mysql.password());
                settings.put("MYSQL_DB", mysql.database());
            }
            default ->
                throw new IllegalArgumentException(
                        "patchbay.crash.database: expected sqlite or mariadb, found " + database);
        }
        return new Site(home, Map.copyOf(settings));
    }

    private PatchbayConfig config() {
        return PatchbayConfig.from(home, ConfigSource.load(home, settings));
    }

    private Database open() {
        List<Class<?>> mappers = new ArrayList<>(Billing.mappers());
        mappers.addAll(Accounts.mappers());
        return Database.open(config().database(), mappers);
    }

    /**
     * Starts a server and returns at once.
     *
     * @param number counts the starts of this site; each has an output file of its own
     */
    ServerProcess start(int number) {
        return ServerProcess.start(
                settings,
                // It never lives long enough for the best code to be worth its making.
                List.of("-Xmx512m", "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC"),
                home.resolve("server-output-" + number + ".log"));
    }

    /** Makes the users, who own nothing yet, and returns their numbers. */
    Map<User, Account> createUsers() {
        List<String> names = Stream.of(User.values())
                .map(user -> user.name().toLowerCase(Locale.ROOT))
                .toList();
        Map<User, Account> made = new EnumMap<>(User.class);
        try (Database database = open()) {
            Account.create(database, config(), names, PASSWORD)
                    .forEach((name, account) -> made.put(User.valueOf(name.toUpperCase(Locale.ROOT)), account));
        }
        return made;
    }

    /** Returns the rules of the ledger that its own audit finds broken. */
    List<LedgerAudit.Violation> audit() {
        try (Database database = open()) {
            return new LedgerAudit(database).violations();
        }
    }

    /** Opens the tables for reading. */
    Connection sql() throws SQLException {
        DatabaseConfig database = config().database();
        DatabaseConfig.MySql mysql = database.mysql();
        return mysql == null
                ? DriverManager.getConnection("jdbc:sqlite:" + database.sqliteFile())
                : DriverManager.getConnection(
                        "jdbc:mysql://" + mysql.host() + ":" + mysql.port() + "/" + mysql.database(),
                        mysql.user(),
                        mysql.password());
    }
}
