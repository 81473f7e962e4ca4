package io.patchbay.kernel;

import io.patchbay.foundation.config.DatabaseConfig;
import io.patchbay.foundation.database.Database;
import io.patchbay.foundation.state.SharedState;
import io.patchbay.kernel.catalogue.JarLimits;
import io.patchbay.kernel.catalogue.PluginStore;
import io.patchbay.spi.ChannelType;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A home folder with a database, and kernels that start in it. */
public final class Workbench implements AutoCloseable {
    private final Path home;
    private final Database database;
    private final SharedState state = SharedState.inProcess(InstantSource.system());
    private Duration drainTimeout = Duration.ofMinutes(1);
    private Duration probeTimeout = Duration.ofSeconds(20);
    private Path folder;

    public Workbench() {
        try {
            home = Files.createTempDirectory("patchbay-kernel");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        folder = home.resolve("plugins");
        database = Database.open(DatabaseConfig.sqlite(home.resolve("test.db")), PluginKernel.mappers());
    }

    public Workbench drainTimeout(Duration timeout) {
        this.drainTimeout = timeout;
        return this;
    }

    public Workbench probeTimeout(Duration timeout) {
        this.probeTimeout = timeout;
        return this;
    }

    /** Lets kernels started later keep their jars elsewhere, as another node does. */
    public Workbench folder(String name) {
        this.folder = home.resolve(name);
        return this;
    }

    public Path home() {
        return home;
    }

    public Path folder() {
        return folder;
    }

    /** The folder of bundled plugins; kernels look at it once it exists. */
    public Path bundled() {
        return home.resolve("bundled");
    }

    public void bundle(String fileName, byte[] jar) {
        try {
            Files.createDirectories(bundled());
            Files.write(bundled().resolve(fileName), jar);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public PluginKernel start() {
        return start("1.4.0-SNAPSHOT");
    }

    public PluginKernel start(String platformVersion) {
        KernelConfig config = new KernelConfig(
                home.resolve("cache"),
                folder,
                Files.isDirectory(bundled()) ? bundled() : null,
                drainTimeout,
                probeTimeout,
                Duration.ofSeconds(5),
                platformVersion,
                "https://patchbay.example",
                JarLimits.DEFAULT);
        return PluginKernel.start(config, database, state.bus(), InstantSource.system());
    }

    /** Installs a jar and waits. */
    public static Installed install(PluginKernel kernel, byte[] jar) {
        return kernel.install(JarForge.stream(jar), "test.jar").join();
    }

    /** Returns the refusal of an upload. */
    public static PluginRejected refusal(PluginKernel kernel, byte[] jar) {
        return refusal(() -> install(kernel, jar));
    }

    /** Returns the refusal of some change. */
    public static PluginRejected refusal(Runnable change) {
        try {
            change.run();
        } catch (PluginRejected e) {
            return e;
        } catch (CompletionException e) {
            if (e.getCause() instanceof PluginRejected rejected) {
                return rejected;
            }
            throw e;
        }
        throw new AssertionError("was not refused");
    }

    /** Asks a channel type what it says, as a short call does; null when nothing offers it. */
    public static @Nullable String ask(PluginKernel kernel, String type) {
        return kernel.channelTypes()
                .lease(type)
                .map(lease -> {
                    try (Lease<ChannelType> held = lease) {
                        return held.service().toString();
                    }
                })
                .orElse(null);
    }

    public static PluginStatus status(PluginKernel kernel, String id) {
        return kernel.plugin(id).orElseThrow();
    }

    /** Returns the names of all files below a folder. */
    public static List<String> files(Path root) {
        if (!Files.isDirectory(root)) {
            return List.of();
        }
        try (Stream<Path> tree = Files.walk(root)) {
            return tree.filter(Files::isRegularFile)
                    .map(file -> root.relativize(file).toString())
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        database.close();
        try {
            PluginStore.deleteTree(home);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
