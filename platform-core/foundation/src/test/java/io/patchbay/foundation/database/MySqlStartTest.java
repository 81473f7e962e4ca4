package io.patchbay.foundation.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.patchbay.foundation.config.DatabaseConfig;
import io.patchbay.foundation.config.DatabaseConfig.MySql;
import io.patchbay.foundation.problem.Problem.Kind;
import io.patchbay.foundation.problem.ProblemMapper;
import io.patchbay.foundation.testing.MariaDbServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

final class MySqlStartTest {
    private static final Path UNUSED = Path.of("unused.db");

    @Test
    void givesUpOnAServerThatIsNotThere() throws IOException {
        MySql nowhere = new MySql("127.0.0.1", freePort(), "root", "pw-secret", "x", false, 4, Duration.ofMillis(200));
        assertThatThrownBy(() -> Database.open(new DatabaseConfig(nowhere, UNUSED), List.of()))
                .isInstanceOfSatisfying(DatabaseException.class, e -> {
                    assertThat(e.isUnavailable()).isTrue();
                    assertThat(ProblemMapper.of(e, "id").kind()).isEqualTo(Kind.UNAVAILABLE);
                })
                .hasMessageContaining("MySQL at 127.0.0.1:" + nowhere.port() + " was not reachable within")
                .hasMessageContaining("mysql.start_timeout")
                .hasMessageNotContaining("pw-secret");
    }

    @Test
    void doesNotWaitForADatabaseThatDoesNotExist() {
        MySql known = MariaDbServer.shared().newDatabase();
        MySql wrong =
                new MySql(known.host(), known.port(), "root", "", "no_such_database", false, 4, Duration.ofMinutes(10));
        assertThatThrownBy(() -> Database.open(new DatabaseConfig(wrong, UNUSED), List.of()))
                .isInstanceOf(DatabaseException.class)
                .hasMessageContaining("has no database \"no_such_database\"; create it");
    }

    @Test
    void waitsForAServerThatComesLater() throws Exception {
        MySql real = MariaDbServer.shared().newDatabase();
        int port = freePort();
        MySql late = new MySql("127.0.0.1", port, "root", "", real.database(), false, 4, Duration.ofSeconds(30));
        Thread door = Thread.ofVirtual().unstarted(() -> forward(port, real.port()));
        ListAppender<ILoggingEvent> seen = new ListAppender<>();
        Logger logger = (Logger) LoggerFactory.getLogger(MySqlSource.class);
        logger.addAppender(seen);
        seen.start();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<Dialect> opened = threads.submit(() -> {
                try (Database database = Database.open(new DatabaseConfig(late, UNUSED), List.of())) {
                    return database.dialect();
                }
            });
            // The door opens when the first attempt has failed.
            Awaitility.await()
                    .ignoreExceptions()
                    .atMost(Duration.ofSeconds(20))
                    .until(() -> !List.copyOf(seen.list).isEmpty());
            door.start();
            assertThat(opened.get(30, TimeUnit.SECONDS)).isEqualTo(Dialect.MYSQL);
            assertThat(seen.list.getFirst().getFormattedMessage())
                    .startsWith("MySQL at 127.0.0.1:" + port + " is not reachable, trying for ");
        } finally {
            logger.detachAppender(seen);
            door.interrupt();
        }
    }

    /** Forwards connections until interrupted. */
    private static void forward(int from, int to) {
        try (ServerSocket socket = new ServerSocket(from, 50, InetAddress.getLoopbackAddress())) {
            while (!Thread.currentThread().isInterrupted()) {
                Socket client = socket.accept();
                Socket server = new Socket(InetAddress.getLoopbackAddress(), to);
                Thread.ofVirtual().start(() -> copy(client, server));
                Thread.ofVirtual().start(() -> copy(server, client));
            }
        } catch (IOException e) {
            // An interrupt closes the socket, which is how this ends.
        }
    }

    private static void copy(Socket from, Socket to) {
        try (from;
                to) {
            from.getInputStream().transferTo(to.getOutputStream());
        } catch (IOException e) {
            // One side closed.
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
