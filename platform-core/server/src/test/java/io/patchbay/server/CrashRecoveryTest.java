package io.patchbay.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchbay.accounts.Accounts;
import io.patchbay.billing.Billing;
import io.patchbay.billing.ledger.LedgerAudit;
import io.patchbay.foundation.config.ConfigSource;
import io.patchbay.foundation.config.PatchbayConfig;
import io.patchbay.foundation.database.Database;
import io.patchbay.testkit.upstream.OpenAiScripts;
import io.patchbay.testkit.upstream.ScriptedUpstream;
import java.io.File;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Kills the server process without warning in the middle of its work, and looks at the money afterwards. */
final class CrashRecoveryTest {
    private static final int ROUNDS = 4;
    private static final int CLIENTS = 24;

    @TempDir
    private Path home;

    @Test
    void theLedgerHoldsAfterEveryKill() throws Exception {
        try (ScriptedUpstream upstream = ScriptedUpstream.start()) {
            upstream.remembering(10);
            upstream.on(
                    "POST",
                    "/v1/chat/completions",
                    request -> request.json().flag("stream", false)
                            ? OpenAiScripts.words("gpt-test", 20)
                                    .paced(Duration.ofMillis(5))
                                    .apply(request)
                            : OpenAiScripts.words("gpt-test", 5).apply(request));
            List<LoadClient.Result> complete = new ArrayList<>();
            String key = "";
            for (int round = 1; round <= ROUNDS; round++) {
                int port = freePort();
                long starting = System.nanoTime();
                Process process = serve(port);
                try {
                    URI uri = URI.create("http://127.0.0.1:" + port + "/");
                    awaitReady(uri, process);
                    long readyMs = (System.nanoTime() - starting) / 1_000_000;
                    if (key.isEmpty()) {
                        key = new TestServer.Client(uri).prepare(upstream.endpoint(), "gpt-test");
                    }
                    List<LoadClient.Result> seen = loadUntilKilled(uri, key, process);
                    complete.addAll(
                            seen.stream().filter(LoadClient.Result::complete).toList());
                    System.out.printf(
                            "kill -9, round %d: start to ready %d ms, %d calls complete, %d broken by the kill%n",
                            round,
                            readyMs,
                            seen.stream().filter(LoadClient.Result::complete).count(),
                            seen.stream().filter(result -> !result.complete()).count());
                } finally {
                    process.destroyForcibly().waitFor();
                }
            }
            checkAfterRecovery(complete);
        }
    }

    /** Starts once more, which recovers, and compares the ledger with what clients saw. */
    private void checkAfterRecovery(List<LoadClient.Result> complete) throws Exception {
        int port = freePort();
        Process process = serve(port);
        try {
            awaitReady(URI.create("http://127.0.0.1:" + port + "/"), process);
        } finally {
            process.destroyForcibly().waitFor();
        }
        PatchbayConfig config = PatchbayConfig.from(home, ConfigSource.load(home, Map.of()));
        List<Class<?>> mappers = new ArrayList<>(Billing.mappers());
        mappers.addAll(Accounts.mappers());
        try (Database database = Database.open(config.database(), mappers)) {
            assertThat(new LedgerAudit(database).violations()).isEmpty();
        }
        try (Connection sql =
                DriverManager.getConnection("jdbc:sqlite:" + config.database().sqliteFile())) {
            assertThat(count(sql, "SELECT COUNT(*) FROM reservation WHERE state = 'OPEN'"))
                    .isZero();
            assertThat(complete).hasSizeGreaterThan(CLIENTS);
            for (LoadClient.Result result : complete) {
                assertThat(state(sql, result.requestId()))
                        .as("a call whose end the client saw")
                        .isEqualTo("SETTLED");
            }
            System.out.printf(
                    "kill -9: %d calls whose end a client saw, all settled; %d reservations in all, none open%n",
                    complete.size(), count(sql, "SELECT COUNT(*) FROM reservation"));
        }
    }

    private static List<LoadClient.Result> loadUntilKilled(URI uri, String key, Process process) throws Exception {
        Queue<LoadClient.Result> results = new ConcurrentLinkedQueue<>();
        AtomicBoolean going = new AtomicBoolean(true);
        try (LoadClient load = new LoadClient(uri, key);
                ExecutorService workers = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < CLIENTS; i++) {
                boolean streams = i % 2 == 0;
                workers.submit(() -> {
                    while (going.get()) {
                        results.add(streams ? load.stream("gpt-test") : load.plain("gpt-test"));
                    }
                });
            }
            Awaitility.await().atMost(Duration.ofSeconds(60)).until(() -> results.size() > 300);
            // SIGKILL: no shutdown hook runs, nothing is flushed.
            process.destroyForcibly().waitFor();
            going.set(false);
            workers.shutdown();
            assertThat(workers.awaitTermination(90, TimeUnit.SECONDS)).isTrue();
        }
        return List.copyOf(results);
    }

    private Process serve(int port) throws IOException {
        File output = home.resolve("server-output.log").toFile();
        Files.createDirectories(home);
        ProcessBuilder builder = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "--enable-native-access=ALL-UNNAMED",
                        "-Xmx512m",
                        "-cp",
                        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                        "io.patchbay.server.Main")
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(output));
        builder.environment()
                .putAll(Map.of(
                        "PATCHBAY_HOME", home.toString(),
                        "SERVER_PORT", Integer.toString(port),
                        "SERVER_HOST", "127.0.0.1",
                        "ROOT_PASSWORD", TestServer.PASSWORD,
                        "PATCHBAY_BUNDLED_PLUGINS",
                                TestServer.plugins().toAbsolutePath().toString()));
        return builder.start();
    }

    private void awaitReady(URI uri, Process process) {
        try (HttpClient http = HttpClient.newHttpClient()) {
            Awaitility.await()
                    .atMost(Duration.ofSeconds(60))
                    .pollInterval(Duration.ofMillis(50))
                    .ignoreExceptions()
                    .until(() -> {
                        assertThat(process.isAlive())
                                .as(() -> {
                                    try {
                                        return Files.readString(home.resolve("server-output.log"));
                                    } catch (IOException e) {
                                        return e.toString();
                                    }
                                })
                                .isTrue();
                        return http.send(
                                                HttpRequest.newBuilder(uri.resolve("/readyz"))
                                                        .build(),
                                                HttpResponse.BodyHandlers.discarding())
                                        .statusCode()
                                == 200;
                    });
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    private static long count(Connection sql, String query) throws SQLException {
        try (PreparedStatement statement = sql.prepareStatement(query);
                ResultSet rows = statement.executeQuery()) {
            return rows.getLong(1);
        }
    }

    private static String state(Connection sql, String requestId) throws SQLException {
        try (PreparedStatement statement = sql.prepareStatement("SELECT state FROM reservation WHERE request_id = ?")) {
            statement.setString(1, requestId);
            try (ResultSet rows = statement.executeQuery()) {
                return rows.next() ? rows.getString(1) : "missing";
            }
        }
    }
}
