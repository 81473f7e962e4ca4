package io.patchbay.benchmarks.site;

import io.patchbay.benchmarks.load.ChatBodies;
import io.patchbay.benchmarks.process.Jvm;
import io.patchbay.benchmarks.process.Ports;
import io.patchbay.benchmarks.process.Program;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Patchbay from the built distribution, in a process and a folder of its own. */
public final class PatchbayServer implements AutoCloseable {
    private static final String PASSWORD = "benchmarks-root-password";
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private final Program program;
    private final URI uri;
    private final SiteClient client;
    private final double secondsToReady;
    private String key = "";

    private PatchbayServer(Program program, URI uri, SiteClient client, double secondsToReady) {
        this.program = program;
        this.uri = uri;
        this.client = client;
        this.secondsToReady = secondsToReady;
    }

    /**
     * Starts it and waits until it is ready.
     *
     * @param image the unpacked distribution
     * @param home an empty folder
     * @param database settings of the database, empty for SQLite
     * @param javaOptions further options of Java, separated by spaces
     */
    public static PatchbayServer start(Path image, Path home, Map<String, String> database, String javaOptions) {
        int port = Ports.free();
        URI uri = URI.create("http://127.0.0.1:" + port);
        Map<String, String> environment = new HashMap<>(Map.of(
                "PATCHBAY_HOME",
                home.toString(),
                "SERVER_PORT",
                Integer.toString(port),
                "SERVER_HOST",
                "127.0.0.1",
                "ROOT_PASSWORD",
                PASSWORD,
                "JAVA_HOME",
                System.getProperty("java.home"),
                "JAVA_OPTS",
                javaOptions,
                // Whoever ends a run does not want to wait for its streams.
                "SERVER_DRAIN_TIMEOUT",
                "2s",
                // More streams are measured than one channel may have by default.
                "RELAY_MAX_CONNECTIONS_PER_CHANNEL",
                "8192"));
        environment.putAll(database);
        long begun = System.nanoTime();
        Program program = Program.start(
                "Patchbay",
                home.resolveSibling(home.getFileName() + ".log"),
                environment,
                List.of(image.resolve("bin/patchbay").toString()));
        SiteClient client = new SiteClient(uri);
        try {
            program.await(client::ready, PATIENCE);
        } catch (IllegalStateException e) {
            program.close();
            throw e;
        }
        return new PatchbayServer(program, uri, client, (System.nanoTime() - begun) / 1e9);
    }

    /**
     * Makes channels and prices for these routes, and the key that calls are made with, and asks once for each
     * that answers quickly, so that what cannot work is said with its reason.
     */
    public void setUp(URI upstream, List<Route> routes) {
        key = client.setUp(PASSWORD, upstream, routes);
        for (Route route : routes) {
            if (route.quick()) {
                client.probe(
                        key, ChatBodies.small(route.model(), route.stream()).getFirst());
            }
        }
    }

    /** Returns the time from the start of the process until it let requests in. */
    public double secondsToReady() {
        return secondsToReady;
    }

    /** Returns where chats are asked for. */
    public URI chat() {
        return uri.resolve("/v1/chat/completions");
    }

    /** Returns the API key, empty before the site is set up. */
    public String key() {
        return key;
    }

    /** Returns the administrator's hand. */
    public SiteClient client() {
        return client;
    }

    /** Returns its process. */
    public Program program() {
        return program;
    }

    /** Returns its JVM. */
    public Jvm jvm() {
        return new Jvm(program.pid());
    }

    @Override
    public void close() {
        program.close();
    }
}
