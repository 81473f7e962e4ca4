package io.patchbay.kernel.framework;

import io.patchbay.foundation.ids.SecureTokens;
import io.patchbay.kernel.catalogue.PluginStore;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * This process's folder for derived data of the framework: removed at its end, and by the next process after a crash.
 *
 * <p>A locked file beside each folder tells living owners from dead ones.
 */
final class CacheFolder implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(CacheFolder.class);
    private static final String PREFIX = "plugins-";
    private static final String LOCK = ".lock";

    private final Path folder;
    private final Path lockFile;
    private final FileChannel channel;

    private CacheFolder(Path folder, Path lockFile, FileChannel channel) {
        this.folder = folder;
        this.lockFile = lockFile;
        this.channel = channel;
    }

    /** Removes what dead processes left under the root and opens a fresh folder. */
    static CacheFolder open(Path root) {
        try {
            Files.createDirectories(root);
            sweep(root);
            while (true) {
                CacheFolder folder = claim(root, PREFIX + SecureTokens.hex(8));
                if (folder != null) {
                    return folder;
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException("the cache folder " + root + " cannot be prepared: " + e.getMessage(), e);
        }
    }

    /** Locks a new name, then makes its folder; null when a sweep of another process took the lock file in between. */
    private static @Nullable CacheFolder claim(Path root, String name) throws IOException {
        Path lockFile = root.resolve(name + LOCK);
        FileChannel channel = FileChannel.open(lockFile, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        try {
            channel.lock();
        } catch (OverlappingFileLockException e) {
            channel.close();
            return null;
        }
        if (!Files.exists(lockFile)) {
            channel.close();
            return null;
        }
        return new CacheFolder(Files.createDirectory(root.resolve(name)), lockFile, channel);
    }

    private static void sweep(Path root) throws IOException {
        try (DirectoryStream<Path> locks = Files.newDirectoryStream(root, PREFIX + "*" + LOCK)) {
            for (Path lockFile : locks) {
                removeIfDead(root, lockFile);
            }
        }
    }

    private static void removeIfDead(Path root, Path lockFile) {
        try (FileChannel channel = FileChannel.open(lockFile, StandardOpenOption.WRITE);
                @Nullable FileLock lock = channel.tryLock()) {
            if (lock != null) {
                String name = lockFile.getFileName().toString();
                PluginStore.deleteTree(root.resolve(name.substring(0, name.length() - LOCK.length())));
                Files.deleteIfExists(lockFile);
            }
        } catch (OverlappingFileLockException e) {
            // Another kernel of this very process.
        } catch (IOException e) {
            log.debug("the cache of an earlier process stays: {}", e.getMessage());
        }
    }

    Path path() {
        return folder;
    }

    @Override
    public void close() {
        try {
            PluginStore.deleteTree(folder);
            channel.close();
            Files.deleteIfExists(lockFile);
        } catch (IOException e) {
            log.warn(
                    "the cache folder {} could not be removed now and will be at the next start: {}",
                    folder,
                    e.getMessage());
        }
    }
}
