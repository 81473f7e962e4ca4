package io.patchbay.benchmarks.process;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;

/** A process that was started here. It ends when it is closed, and at the latest with this JVM. */
public final class Program implements AutoCloseable {
    private static final Set<Program> RUNNING = ConcurrentHashMap.newKeySet();
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final int SHOWN = 4_000;

    private static final Object LOCK = new Object();
    private static boolean ending;

    static {
        Runtime.getRuntime().addShutdownHook(new Thread(Program::endAll, "end programs"));
    }

    private final String name;
    private final Path log;
    private final Process process;

    private Program(String name, Path log, Process process) {
        this.name = name;
        this.log = log;
        this.process = process;
    }

    /**
     * Starts a process in its log's folder.
     *
     * @param log where its output goes
     * @param environment set beside what this process has
     * @throws UncheckedIOException when it cannot be started
     */
    public static Program start(String name, Path log, Map<String, String> environment, List<String> command) {
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(log.toAbsolutePath().resolveSibling(".").normalize().toFile())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile());
        builder.environment().putAll(environment);
        synchronized (LOCK) {
            if (ending) {
                throw new IllegalStateException("the run is ending");
            }
            try {
                Program program = new Program(name, log, builder.start());
                RUNNING.add(program);
                return program;
            } catch (IOException e) {
                throw new UncheckedIOException(name + " cannot be started", e);
            }
        }
    }

    /** Ends all that run; from then on none can be started. */
    public static void endAll() {
        synchronized (LOCK) {
            ending = true;
            RUNNING.forEach(Program::close);
        }
    }

    /** Returns the program of this JVM's Java. */
    public static String java(String tool) {
        return Path.of(System.getProperty("java.home"), "bin", tool).toString();
    }

    /** Returns the id of the process that was started. */
    public long pid() {
        return process.pid();
    }

    /** Returns the ids of it and of the processes below it. */
    public List<Long> pids() {
        try (Stream<ProcessHandle> below = process.descendants()) {
            return Stream.concat(Stream.of(process.pid()), below.map(ProcessHandle::pid))
                    .toList();
        }
    }

    /** Returns what it has printed. */
    public String output() {
        try {
            return Files.readString(log, StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Waits until that is so.
     *
     * @throws IllegalStateException with the end of its output when it ends or takes too long
     */
    public void await(BooleanSupplier condition, Duration atMost) {
        long end = System.nanoTime() + atMost.toNanos();
        while (!condition.getAsBoolean()) {
            if (!process.isAlive() || System.nanoTime() > end) {
                String output = output();
                String problem = process.isAlive()
                        ? " is not ready after " + atMost.toSeconds() + " s:\n"
                        : " has ended with " + process.exitValue() + ":\n";
                throw new IllegalStateException(
                        name + problem + output.substring(Math.max(0, output.length() - SHOWN)));
            }
            try {
                Thread.sleep(2);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException("interrupted", e);
            }
        }
    }

    /** Tells whether it still runs. */
    public boolean alive() {
        return process.isAlive();
    }

    /** Asks it to end and ends it when it does not. */
    @Override
    public void close() {
        List<ProcessHandle> below;
        try (Stream<ProcessHandle> all = process.descendants()) {
            below = all.toList();
        }
        process.destroy();
        try {
            if (!process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
                process.destroyForcibly().waitFor();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
        below.forEach(ProcessHandle::destroyForcibly);
        RUNNING.remove(this);
    }
}
