package io.patchbay.benchmarks.site;

import io.patchbay.benchmarks.bare.BareProxy;
import io.patchbay.benchmarks.process.Program;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The {@linkplain BareProxy bare proxy} in a process of its own, with the options that Patchbay's launcher chooses. */
public final class Bare implements AutoCloseable {
    private static final Pattern LISTENING = Pattern.compile("listening on (http://127\\.0\\.0\\.1:\\d+)");

    private final Program program;
    private final URI uri;

    private Bare(Program program, URI uri) {
        this.program = program;
        this.uri = uri;
    }

    /** Starts it on a free port in front of that address of the upstream. */
    public static Bare start(Path folder, URI upstream) {
        Program program = Program.start(
                "the bare proxy",
                folder.resolve("bare.log"),
                Map.of(),
                List.of(
                        Program.java("java"),
                        "-XX:+UseSerialGC",
                        "-XX:MaxNewSize=160m",
                        "-XX:+UseCompactObjectHeaders",
                        "-cp",
                        System.getProperty("java.class.path"),
                        BareProxy.class.getName(),
                        upstream.toString()));
        program.await(() -> LISTENING.matcher(program.output()).find(), Duration.ofSeconds(20));
        Matcher listening = LISTENING.matcher(program.output());
        if (!listening.find()) {
            throw new IllegalStateException("the bare proxy does not say where it listens");
        }
        return new Bare(program, URI.create(listening.group(1)));
    }

    /** Returns where it is asked. */
    public URI chat() {
        return uri.resolve("/v1/chat/completions");
    }

    /** Returns the process. */
    public Program program() {
        return program;
    }

    @Override
    public void close() {
        program.close();
    }
}
