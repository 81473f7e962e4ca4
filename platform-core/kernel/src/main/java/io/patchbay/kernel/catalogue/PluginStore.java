package io.patchbay.kernel.catalogue;

import io.patchbay.kernel.PluginRejected;
import io.patchbay.kernel.RejectionCode;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Plugin jars on disk, named by their content: {@code <folder>/<id>/<version>-<first 8 digits of SHA-256>.jar}.
 *
 * <p>Names are made from checked ids and versions only, so no upload can choose a place. A jar appears under its name whole or not
 * at all. Receiving is safe for many threads; keeping and deleting belong to the life-cycle thread.
 */
public final class PluginStore {
    private static final String INCOMING = ".incoming";

    private final Path folder;
    private final JarLimits limits;

    /**
     * Opens the store and removes what an earlier process left half-received.
     *
     * @param folder made when it is missing
     * @param limits bounds what is received
     */
    public PluginStore(Path folder, JarLimits limits) {
        this.folder = folder;
        this.limits = limits;
        try {
            Files.createDirectories(folder);
            sweep(folder.resolve(INCOMING));
        } catch (IOException e) {
            throw new UncheckedIOException("the plugin folder " + folder + " cannot be prepared: " + e.getMessage(), e);
        }
    }

    private static void sweep(Path incoming) throws IOException {
        if (!Files.isDirectory(incoming)) {
            return;
        }
        // Another node may be receiving into a shared folder now; nobody receives one jar for an hour.
        FileTime old = FileTime.from(Instant.now().minus(Duration.ofHours(1)));
        try (DirectoryStream<Path> files = Files.newDirectoryStream(incoming)) {
            for (Path file : files) {
                if (Files.getLastModifiedTime(file).compareTo(old) < 0) {
                    Files.deleteIfExists(file);
                }
            }
        }
    }

    /**
     * A jar that was received and belongs to nobody yet; deleted on close unless it was kept.
     *
     * @param path where it is
     * @param sha256 its digest in lower-case hexadecimal
     */
    public record Incoming(Path path, String sha256) implements AutoCloseable {
        @Override
        public void close() {
            try {
                Files.deleteIfExists(path);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    /**
     * Receives a jar.
     *
     * @param content read to its end or to the bound; not closed
     * @param label what to call it in messages
     * @throws PluginRejected when it is too large or cannot be read
     */
    public Incoming receive(InputStream content, String label) {
        Path path = null;
        try {
            Path incoming = Files.createDirectories(folder.resolve(INCOMING));
            path = Files.createTempFile(incoming, "upload-", ".jar");
            MessageDigest digest = sha256();
            copy(content, path, digest, label);
            Incoming received = new Incoming(path, HexFormat.of().formatHex(digest.digest()));
            path = null;
            return received;
        } catch (IOException e) {
            throw new PluginRejected(
                    RejectionCode.NOT_A_PLUGIN,
                    label + " could not be received (" + e.getMessage() + "). Check the disk and try again.");
        } finally {
            if (path != null) {
                deleteQuietly(path);
            }
        }
    }

    private void copy(InputStream content, Path path, MessageDigest digest, String label) throws IOException {
        byte[] buffer = new byte[32 * 1024];
        long total = 0;
        try (OutputStream file = Files.newOutputStream(path)) {
            for (int read = content.read(buffer); read >= 0; read = content.read(buffer)) {
                total += read;
                if (total > limits.fileBytes()) {
                    throw new PluginRejected(
                            RejectionCode.TOO_LARGE,
                            label + " is larger than " + JarInspector.mebibytes(limits.fileBytes())
                                    + ". Leave out what the plugin does not need.");
                }
                digest.update(buffer, 0, read);
                file.write(buffer, 0, read);
            }
        }
    }

    /** Returns the name a jar is kept under, within its plugin's folder. */
    public static String fileName(InspectedJar jar) {
        return jar.version() + "-" + jar.sha256().substring(0, 8) + ".jar";
    }

    /**
     * Moves a received and inspected jar to its place.
     *
     * @return the jar at its place
     */
    public InspectedJar keep(InspectedJar jar) {
        Path place = path(jar.id(), fileName(jar));
        try {
            Files.createDirectories(place.getParent());
            Files.move(jar.path(), place, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new UncheckedIOException("the plugin jar cannot be kept at " + place + ": " + e.getMessage(), e);
        }
        return jar.movedTo(place);
    }

    /** Returns where a jar is kept. */
    public Path path(String id, String fileName) {
        return folder.resolve(id).resolve(fileName);
    }

    /** Deletes every jar of a plugin but those named; an emptied folder goes too. */
    public void prune(String id, Set<String> keep) {
        Path own = folder.resolve(id);
        if (!Files.isDirectory(own)) {
            return;
        }
        boolean left = false;
        try (DirectoryStream<Path> files = Files.newDirectoryStream(own)) {
            for (Path file : files) {
                if (keep.contains(file.getFileName().toString())) {
                    left = true;
                } else {
                    deleteQuietly(file);
                }
            }
            if (!left) {
                deleteQuietly(own);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("old jars of " + id + " cannot be deleted: " + e.getMessage(), e);
        }
    }

    /**
     * Digests a file.
     *
     * @return SHA-256 in lower-case hexadecimal
     */
    public static String digest(Path file) throws IOException {
        MessageDigest digest = sha256();
        byte[] buffer = new byte[32 * 1024];
        try (InputStream content = Files.newInputStream(file)) {
            for (int read = content.read(buffer); read >= 0; read = content.read(buffer)) {
                digest.update(buffer, 0, read);
            }
        }
        return HexFormat.of().formatHex(digest.digest());
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    private static void deleteQuietly(Path path) {
        try {
            Files.deleteIfExists(path);
        } catch (IOException e) {
            path.toFile().deleteOnExit();
        }
    }

    /** Deletes a folder with all it holds; does nothing when it is missing. */
    public static void deleteTree(Path root) throws IOException {
        if (!Files.exists(root)) {
            return;
        }
        try (Stream<Path> tree = Files.walk(root)) {
            for (Path path : tree.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(path);
            }
        }
    }
}
