package io.patchbay.kernel.lifecycle;

import io.patchbay.kernel.PluginRejected;
import io.patchbay.kernel.RejectionCode;
import io.patchbay.kernel.catalogue.InspectedJar;
import io.patchbay.kernel.catalogue.JarInspector;
import io.patchbay.kernel.catalogue.PluginStore;
import io.patchbay.kernel.catalogue.Versions;
import io.patchbay.kernel.lifecycle.DesiredPlugin.Origin;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings in the plugins of the distribution: those unknown here, and newer versions of those whose version the operator has not
 * chosen himself. What the operator removed stays removed. Confined to the life-cycle thread.
 */
final class BundledPlugins {
    private static final Logger log = LoggerFactory.getLogger(BundledPlugins.class);

    private final PluginStore store;
    private final JarInspector inspector;
    private final Operations operations;
    private final Map<String, Slot> slots;
    private final Versions versions = new Versions();

    BundledPlugins(PluginStore store, JarInspector inspector, Operations operations, Map<String, Slot> slots) {
        this.store = store;
        this.inspector = inspector;
        this.operations = operations;
        this.slots = slots;
    }

    /** Goes through a folder; each jar fails for itself. */
    void bringIn(Path folder) {
        List<Path> waiting = jars(folder);
        // A jar that needs another one of the folder is tried again after it.
        boolean progress = true;
        while (progress && !waiting.isEmpty()) {
            List<Path> again = new ArrayList<>();
            for (Path jar : waiting) {
                if (bringIn(jar, jar.getFileName().toString()) == RejectionCode.REQUIRES) {
                    again.add(jar);
                }
            }
            progress = again.size() < waiting.size();
            waiting = again;
        }
    }

    private static List<Path> jars(Path folder) {
        if (!Files.isDirectory(folder)) {
            log.warn("the folder of bundled plugins, {}, does not exist", folder);
            return List.of();
        }
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.getFileName().toString().endsWith(".jar"))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            log.warn("the folder of bundled plugins, {}, cannot be read: {}", folder, e.getMessage());
            return List.of();
        }
    }

    private @Nullable RejectionCode bringIn(Path file, String label) {
        try {
            String sha256 = PluginStore.digest(file);
            InspectedJar bundled = inspector.reread(file, sha256, label);
            if (wanted(bundled)) {
                install(file, label);
            }
            return null;
        } catch (PluginRejected e) {
            log.warn("bundled plugin {}: {}", label, e.text());
            return e.code();
        } catch (IOException | UncheckedIOException e) {
            log.warn("bundled plugin {} cannot be read or kept: {}", label, e.getMessage());
            return RejectionCode.NOT_A_PLUGIN;
        }
    }

    private boolean wanted(InspectedJar bundled) {
        Slot slot = slots.get(bundled.id());
        DesiredPlugin row = slot == null ? null : slot.desired;
        if (slot == null || row == null) {
            return true;
        }
        if (!row.removed() && slot.jar == null && row.sha256().equals(bundled.sha256())) {
            // The folder of plugins was lost, the database was not.
            return true;
        }
        if (row.removed() || row.origin() == Origin.OPERATOR || row.sha256().equals(bundled.sha256())) {
            return false;
        }
        return bundled.version().equals(row.version()) || versions.newer(bundled.version(), row.version());
    }

    private void install(Path file, String label) throws IOException {
        try (InputStream content = Files.newInputStream(file);
                PluginStore.Incoming incoming = store.receive(content, label)) {
            operations.install(inspector.inspect(incoming.path(), incoming.sha256(), label), Origin.BUNDLED);
        }
    }
}
