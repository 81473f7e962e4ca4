package io.patchbay.benchmarks.soak;

import io.patchbay.benchmarks.site.PatchbayServer;
import io.patchbay.benchmarks.site.PluginVersion;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** Replaces the plugin that most of the traffic goes through, every ten seconds. */
final class Swapper implements AutoCloseable {
    static final String PLUGIN = "openai";
    private static final Duration EVERY = Duration.ofSeconds(10);

    private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().name("swapper").factory());
    private final PatchbayServer server;
    private final Path image;
    private final Path jars;
    private final AtomicInteger swapped = new AtomicInteger();
    private final List<String> problems = new CopyOnWriteArrayList<>();

    private Swapper(PatchbayServer server, Path image, Path jars) {
        this.server = server;
        this.image = image;
        this.jars = jars;
    }

    static Swapper begin(PatchbayServer server, Path image, Path jars) {
        Swapper swapper = new Swapper(server, image, jars);
        swapper.clock.scheduleAtFixedRate(swapper::swap, EVERY.toMillis() / 2, EVERY.toMillis(), TimeUnit.MILLISECONDS);
        return swapper;
    }

    private void swap() {
        try {
            int number = swapped.get() + problems.size() + 1;
            PluginVersion version = PluginVersion.make(image, PLUGIN, "0.2." + number, jars);
            server.client().upload(version.jar());
            Files.delete(version.jar());
            swapped.incrementAndGet();
        } catch (IllegalStateException | UncheckedIOException | IOException e) {
            problems.add(String.valueOf(e.getMessage()));
        }
    }

    /** Returns how many times it was replaced so far. */
    int swapped() {
        return swapped.get();
    }

    /** Returns why it could not be replaced, for each time. */
    List<String> problems() {
        return problems;
    }

    @Override
    public void close() {
        clock.shutdown();
        try {
            if (!clock.awaitTermination(90, TimeUnit.SECONDS)) {
                throw new IllegalStateException("a swap does not end");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }
}
