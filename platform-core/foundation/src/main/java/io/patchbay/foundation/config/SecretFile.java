package io.patchbay.foundation.config;

import io.patchbay.foundation.ids.SecureTokens;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import java.util.function.Consumer;

/** Keeps the generated secret in a file that only its owner may read. */
final class SecretFile {
    private static final Set<PosixFilePermission> OWNER_ONLY = PosixFilePermissions.fromString("rw-------");
    private static final int RANDOM_BYTES = 32;

    private SecretFile() {}

    static byte[] readOrCreate(Path file, Consumer<String> warn) throws IOException {
        if (!Files.exists(file)) {
            create(file);
        }
        if (isPosix(file) && !OWNER_ONLY.containsAll(Files.getPosixFilePermissions(file))) {
            warn.accept(file + " can be read by others; its permissions should be 0600");
        }
        return Files.readString(file).trim().getBytes(StandardCharsets.UTF_8);
    }

    /** Writes beside the file and then moves it into place, so that a crash cannot leave half a secret. */
    private static void create(Path file) throws IOException {
        Path folder = Files.createDirectories(file.toAbsolutePath().getParent());
        FileAttribute<?>[] attributes = isPosix(folder)
                ? new FileAttribute<?>[] {PosixFilePermissions.asFileAttribute(OWNER_ONLY)}
                : new FileAttribute<?>[0];
        Path draft = Files.createTempFile(folder, "secret", ".new", attributes);
        try {
            try (FileChannel channel = FileChannel.open(draft, StandardOpenOption.WRITE)) {
                channel.write(
                        ByteBuffer.wrap((SecureTokens.hex(RANDOM_BYTES) + "\n").getBytes(StandardCharsets.UTF_8)));
                channel.force(true);
            }
            Files.move(draft, file);
        } catch (FileAlreadyExistsException e) {
            // Another process was first: its secret is the one.
        } finally {
            Files.deleteIfExists(draft);
        }
    }

    private static boolean isPosix(Path path) throws IOException {
        return Files.getFileStore(path).supportsFileAttributeView("posix");
    }
}
