package io.patchbay.server.crash;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.URLClassLoader;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;

/** A real server in a process of its own, which can be killed. Used by one thread. */
final class ServerProcess implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Pattern RECOVERED =
            Pattern.compile("ledger: recovery released (\\d+) reservations .* in (\\d+) ms");

    private final Process process;
    private final URI uri;
    private final Path output;
    private final long startedNanos = System.nanoTime();

    /** What a server said of its recovery. */
    record Recovery(long reservations, Duration took) {}

    private ServerProcess(Process process, URI uri, Path output) {
        this.process = process;
        this.uri = uri;
        this.output = output;
    }

    /**
     * Starts a server and returns at once.
     *
     * @param number counts the starts of one site; each has an output file of its own
     */
    static ServerProcess start(Site site, int number) {
        try {
            int port = freePort();
            Path output = site.home().resolve("server-output-" + number + ".log");
            ProcessBuilder builder = new ProcessBuilder(
                            Path.of(System.getProperty("java.home"), "bin", "java")
                                    .toString(),
                            "--enable-native-access=ALL-UNNAMED",
                            "-Xmx512m",
                            // It never lives long enough for the best code to be worth its making.
                            "-XX:TieredStopAtLevel=1",
                            "-XX:+UseSerialGC",
                            "-cp",
                            classPath(),
                            "io.patchbay.server.Main")
                    .redirectErrorStream(true)
                    .redirectOutput(output.toFile());
            builder.environment().putAll(site.settings());
            builder.environment().put("SERVER_PORT", Integer.toString(port));
            builder.environment().put("PATCHBAY_BUNDLED_PLUGINS", plugins());
            return new ServerProcess(builder.start(), URI.create("http://127.0.0.1:" + port + "/"), output);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String plugins() {
        return Path.of(System.getProperty("patchbay.test.plugins", "target/bundled-plugins"))
                .toAbsolutePath()
                .toString();
    }

    /** Returns the class path of this test, however it was started. */
    private static String classPath() {
        String told = System.getProperty("surefire.test.class.path");
        if (told == null && Thread.currentThread().getContextClassLoader() instanceof URLClassLoader loader) {
            return Arrays.stream(loader.getURLs())
                    .map(url -> Path.of(URI.create(url.toString())).toString())
                    .collect(Collectors.joining(System.getProperty("path.separator")));
        }
        return told == null ? System.getProperty("java.class.path") : told;
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    /** Returns where it serves. */
    URI uri() {
        return uri;
    }

    /** Waits until it lets requests in and returns how long that took from the start of the process. */
    Duration awaitReady() {
        try (HttpClient http = HttpClient.newHttpClient()) {
            HttpRequest question =
                    HttpRequest.newBuilder(uri.resolve("/readyz")).build();
            Awaitility.await()
                    .atMost(PATIENCE)
                    .pollInterval(Duration.ofMillis(20))
                    .until(() -> isReady(http, question));
        }
        return Duration.ofNanos(System.nanoTime() - startedNanos);
    }

    private boolean isReady(HttpClient http, HttpRequest question) throws InterruptedException {
        if (!process.isAlive()) {
            throw new AssertionError("the server ended by itself:\n" + output());
        }
        try {
            return http.send(question, HttpResponse.BodyHandlers.discarding()).statusCode() == 200;
        } catch (IOException e) {
            return false;
        }
    }

    /** Waits that long; fails when the server ends before by itself. */
    void letWork(Duration time) throws InterruptedException {
        if (process.waitFor(time)) {
            throw new AssertionError("the server ended by itself:\n" + output());
        }
    }

    /** Kills it without warning: no shutdown hook runs, nothing is flushed. */
    void kill() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }

    /** Returns what it said of its recovery; {@code null} when it did not come that far. */
    @Nullable
    Recovery recovery() {
        Matcher said = RECOVERED.matcher(output());
        return said.find()
                ? new Recovery(Long.parseLong(said.group(1)), Duration.ofMillis(Long.parseLong(said.group(2))))
                : null;
    }

    private String output() {
        try {
            return Files.readString(output);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
