package io.patchbay.billing.ledger;

import io.patchbay.foundation.ids.RequestId;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Objects;

/**
 * Which process made a reservation.
 *
 * @param node the installation, the same after each restart
 * @param process this run of it, never used again
 */
public record NodeIdentity(String node, String process) {
    private static final String FILE = "node.id";

    /**
     * Checks the parts.
     *
     * @throws IllegalArgumentException when one is not 1 to 64 printable ASCII characters
     */
    public NodeIdentity {
        Keys.check("name of a node", node);
        Keys.check("name of a process", process);
    }

    /**
     * Returns the identity of this process for the installation in a home folder. The name of the node is kept in
     * {@code config/node.id} and made at the first start.
     *
     * @throws UncheckedIOException when the file can be neither read nor written
     */
    public static NodeIdentity load(Path home) {
        Path file = home.resolve("config").resolve(FILE);
        try {
            if (!Files.exists(file)) {
                create(file);
            }
            return new NodeIdentity(Files.readString(file).strip(), RequestId.next());
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read the name of this node from " + file, e);
        }
    }

    private static void create(Path file) throws IOException {
        Path folder = Objects.requireNonNull(file.getParent(), "file has no folder");
        Files.createDirectories(folder);
        // Moved into place as a whole: a crash must not leave an empty name behind.
        Path made = Files.createTempFile(folder, FILE, ".new");
        Files.writeString(made, RequestId.next() + "\n");
        Files.move(made, file, StandardCopyOption.ATOMIC_MOVE);
    }
}
