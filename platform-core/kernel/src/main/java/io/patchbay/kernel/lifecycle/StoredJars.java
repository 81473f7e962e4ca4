package io.patchbay.kernel.lifecycle;

import io.patchbay.kernel.PluginRejected;
import io.patchbay.kernel.RejectionCode;
import io.patchbay.kernel.catalogue.InspectedJar;
import io.patchbay.kernel.catalogue.JarInspector;
import io.patchbay.kernel.catalogue.PluginStore;
import io.patchbay.kernel.lifecycle.DesiredPlugin.Version;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;

/** The jars that rows speak of. Confined to the life-cycle thread. */
final class StoredJars {
    private final PluginStore store;
    private final JarInspector inspector;

    StoredJars(PluginStore store, JarInspector inspector) {
        this.store = store;
        this.inspector = inspector;
    }

    /** Moves a received jar to its place. */
    InspectedJar keep(InspectedJar jar) {
        return store.keep(jar);
    }

    /**
     * Reads a kept jar, if it is still what it was.
     *
     * @throws PluginRejected when it is missing or was changed
     */
    InspectedJar read(String id, Version version) {
        Path path = store.path(id, version.fileName());
        try {
            if (Files.isRegularFile(path) && PluginStore.digest(path).equals(version.sha256())) {
                return inspector.reread(path, version.sha256(), version.fileName());
            }
        } catch (IOException e) {
            throw missing(id, version, path, "cannot be read (" + e.getMessage() + ")");
        }
        throw missing(id, version, path, Files.exists(path) ? "was changed on disk" : "is not on this node");
    }

    private static PluginRejected missing(String id, Version version, Path path, String what) {
        return new PluginRejected(
                RejectionCode.FILE_MISSING,
                "The jar of %s %s, %s, %s. Upload that version again.".formatted(id, version.version(), path, what));
    }

    /** Deletes the jars of a plugin that its row no longer speaks of. */
    void prune(Slot slot) {
        Set<String> keep = new HashSet<>();
        DesiredPlugin live = slot.live();
        if (live != null) {
            keep.add(live.fileName());
            if (live.previousFile() != null) {
                keep.add(live.previousFile());
            }
        }
        store.prune(slot.id, keep);
    }
}
