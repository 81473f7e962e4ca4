package io.patchbay.server.process;

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
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.awaitility.Awaitility;

/** A real server in a process of its own, which can be killed. Used by one thread. */
public final class ServerProcess implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final Process process;
    private final URI uri;
    private final Path output;
    private final long startedNanos = System.nanoTime();

    private ServerProcess(Process process, URI uri, Path output) {
        this.process = process;
        this.uri = uri;
        this.output = output;
    }

    /**
     * Starts a server and returns at once.
     *
     * @param settings its environment, with {@code PATCHBAY_HOME}; the port and the plugins are added
     * @param options of the virtual machine
     * @param output the file for what it writes to its console
     */
    public static ServerProcess start(Map<String, String> settings, List<String> options, Path output) {
        try {
            int port = freePort();
            List<String> command = new ArrayList<>();
            command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
            command.add("--enable-native-access=ALL-UNNAMED");
            command.addAll(options);
            command.addAll(List.of("-cp", classPath(), "io.patchbay.server.Main"));
            ProcessBuilder builder =
                    new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(output.toFile());
            builder.environment().putAll(settings);
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
    public URI uri() {
        return uri;
    }

    /** Waits until it lets requests in and returns how long that took from the start of the process. */
    public Duration awaitReady() {
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
    public void letWork(Duration time) throws InterruptedException {
        if (process.waitFor(time)) {
            throw new AssertionError("the server ended by itself:\n" + output());
        }
    }

    /** Returns whether it runs. */
    public boolean isAlive() {
        return process.isAlive();
    }

    /** Returns its number with the operating system. */
    public long pid() {
        return process.pid();
    }

    /** Kills it without warning: no shutdown hook runs, nothing is flushed. */
    public void kill() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }

    /** Returns all it wrote to its console so far. */
    public String output() {
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
