package io.patchbay.relay.artifact;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/**
 * A file on its way in, written piece by piece and served to nobody before it is complete. Its kind is told by its
 * first bytes, and what is no picture, film or sound is refused with them. Not safe for several threads at once; all
 * methods block on the disk.
 */
public final class IncomingFile implements AutoCloseable {
    private static final int HEAD = 16;
    private static final long LOOK_EVERY = 8L << 20;

    private final Path part;
    private final Path target;
    private final long most;
    private final OutputStream out;
    private final ByteArrayOutputStream head = new ByteArrayOutputStream(HEAD);
    private long length;
    private long looked;
    private boolean known;
    private boolean complete;

    /**
     * Opens a file.
     *
     * @param part where it is written
     * @param target where it goes when it is complete
     * @param most the largest number of bytes
     */
    IncomingFile(Path part, Path target, long most) throws IOException {
        Artifacts.demandSpace(part, LOOK_EVERY);
        this.part = part;
        this.target = target;
        this.most = most;
        this.out = Files.newOutputStream(part);
    }

    /**
     * Adds a piece.
     *
     * @param piece not to be changed while it is written
     * @throws IllegalArgumentException with a sentence without any content when the file is too large, or no picture,
     *     film or sound of a known kind
     * @throws UncheckedIOException when the disk is full or does not work
     */
    public void write(byte[] piece) {
        length += piece.length;
        if (length > most) {
            throw new IllegalArgumentException("a file has more than the " + most + " bytes that are allowed");
        }
        if (!known) {
            head.write(piece, 0, Math.min(piece.length, HEAD - head.size()));
            if (head.size() == HEAD) {
                demandKind();
            }
        }
        try {
            if (length - looked >= LOOK_EVERY) {
                looked = length;
                Artifacts.demandSpace(part, LOOK_EVERY);
            }
            out.write(piece);
        } catch (IOException e) {
            throw Artifacts.unstored(e);
        }
    }

    private void demandKind() {
        known = MediaKind.of(head.toByteArray()).isPresent();
        if (!known) {
            throw Artifacts.unknownKind();
        }
    }

    /**
     * Says that this was all: from now on the file is served.
     *
     * @throws IllegalArgumentException as {@link #write}
     * @throws UncheckedIOException as {@link #write}
     */
    public void complete() {
        if (!known) {
            demandKind();
        }
        try {
            out.close();
            Files.createDirectories(Artifacts.folder(target));
            Files.move(part, target, StandardCopyOption.ATOMIC_MOVE);
            complete = true;
        } catch (IOException e) {
            throw Artifacts.unstored(e);
        }
    }

    /** Removes what was written, unless it is complete. */
    @Override
    public void close() {
        if (complete) {
            return;
        }
        try {
            out.close();
        } catch (IOException e) {
            // What cannot be written out is thrown away all the same.
            complete = false;
        }
        try {
            Files.deleteIfExists(part);
        } catch (IOException e) {
            throw new UncheckedIOException("a file that is not needed could not be removed", e);
        }
    }
}
