package io.patchbay.relay.artifact;

import io.patchbay.foundation.ids.SecureTokens;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Base64;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Keeps what upstreams made and sent as bytes, so that a client can be given an address in the place of base64. Files
 * are pictures, films and sounds of at most {@value #MOST_BYTES} bytes, or {@value #MOST_RECEIVED} where they are taken
 * in as they come; each has a name of 160 random bits, which is all the protection it has, as with the addresses of the
 * vendors themselves.
 *
 * <p>Nothing is removed: answers that name a file may be kept for ever, so when to forget is the operator's choice; the
 * files lie in folders by the first two digits of their names and may be deleted by age. Storing stops, with an error,
 * while the disk has less than {@value #SPARE_BYTES} bytes left. All methods block on the disk. Safe for many threads.
 */
public final class Artifacts {
    /** The largest file, in bytes. */
    public static final int MOST_BYTES = 32 << 20;

    /** The largest file that is taken in piece by piece, in bytes. */
    public static final long MOST_RECEIVED = 512L << 20;

    /** Where the files are served, below the site's address. */
    public static final String PATH = "/api/artifacts/";

    private static final long SPARE_BYTES = 256L << 20;
    private static final int NAME_BYTES = 20;
    private static final Pattern NAME = Pattern.compile("[0-9a-f]{40}\\.([a-z0-9]{3,4})");
    private static final int HEAD_BYTES = 16;
    private static final String DATA = "data:";
    private static final String BASE64 = ";base64";

    /** A file that is kept. */
    public record Found(Path file, String contentType, long bytes) {}

    /** A name and its address, given out for a file that is still to come. */
    public record Reserved(String name, String url) {}

    private final Path folder;
    private final Path incoming;
    private final String base;
    private boolean tidied;

    /**
     * Creates a store.
     *
     * @param home the installation's folder; files go to {@code storage/artifacts} below it
     * @param publicUrl the address of this site as clients know it, without a slash at the end; empty when that is not
     *     known, and then addresses are paths on this site
     */
    public Artifacts(Path home, String publicUrl) {
        this.folder = home.resolve("storage").resolve("artifacts");
        this.incoming = folder.resolve("incoming");
        this.base = publicUrl;
    }

    /**
     * Keeps a file.
     *
     * @return its address: an absolute URL, or the path {@code /api/artifacts/…} when the site's own address is not
     *     known
     * @throws IllegalArgumentException with a sentence without any content when it is too large, or no picture, film or
     *     sound of a known kind
     * @throws UncheckedIOException when the disk is full or does not work
     */
    public String store(byte[] file) {
        if (file.length > MOST_BYTES) {
            throw new IllegalArgumentException(
                    "a file has " + file.length + " bytes, and " + MOST_BYTES + " are allowed");
        }
        String name = newName(MediaKind.of(file).orElseThrow(Artifacts::unknownKind));
        try {
            write(place(name), file);
        } catch (IOException e) {
            throw unstored(e);
        }
        return base + PATH + name;
    }

    private static String newName(MediaKind kind) {
        return SecureTokens.hex(NAME_BYTES) + "." + kind.extension();
    }

    static IllegalArgumentException unknownKind() {
        return new IllegalArgumentException("a file is no picture, film or sound of a known kind");
    }

    static UncheckedIOException unstored(IOException cause) {
        return new UncheckedIOException("a product of an upstream could not be stored", cause);
    }

    /**
     * Gives out the name of a file that is still to come. Nothing is found under it until {@link #receive} has been
     * completed, by whomever and whenever.
     *
     * @param kind {@code image}, {@code video}, {@code audio} or another word; with the media type it decides on the
     *     end of the name, and on nothing else
     * @param contentType {@code null} when it is not known
     */
    public Reserved reserve(String kind, @Nullable String contentType) {
        String name = newName(MediaKind.expected(kind, contentType));
        return new Reserved(name, base + PATH + name);
    }

    /**
     * Opens the file of a reserved name, to be written piece by piece. Of several that are completed under one name the
     * last is kept.
     *
     * @throws IllegalArgumentException when it is no such name
     * @throws UncheckedIOException when the disk is full or does not work
     */
    public IncomingFile receive(String name) {
        if (!NAME.matcher(name).matches()) {
            throw new IllegalArgumentException("expected a name that was given out");
        }
        try {
            tidy();
            return new IncomingFile(Files.createTempFile(incoming, "new", ".part"), place(name), MOST_RECEIVED);
        } catch (IOException e) {
            throw unstored(e);
        }
    }

    /** Removes what an earlier process left unfinished, before the first file of this one. */
    private synchronized void tidy() throws IOException {
        Files.createDirectories(incoming);
        if (tidied) {
            return;
        }
        tidied = true;
        try (DirectoryStream<Path> left = Files.newDirectoryStream(incoming, "new*.part")) {
            for (Path part : left) {
                Files.deleteIfExists(part);
            }
        }
    }

    /**
     * Keeps a file that is given in base64, with or without line breaks.
     *
     * @return as {@link #store(byte[])}
     * @throws IllegalArgumentException also when it is no base64
     */
    public String storeBase64(String base64) {
        if (base64.length() > 2 * MOST_BYTES) {
            throw new IllegalArgumentException("a file is larger than " + MOST_BYTES + " bytes");
        }
        byte[] file;
        try {
            file = Base64.getMimeDecoder().decode(base64);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("a file is not in base64", e);
        }
        return store(file);
    }

    /**
     * Keeps the content of a data URL in base64. What the URL says of its type is not believed.
     *
     * @return as {@link #store(byte[])}
     * @throws IllegalArgumentException also when it is no data URL in base64
     */
    public String storeDataUrl(String url) {
        int comma = url.indexOf(',');
        if (!isDataUrl(url)
                || comma < 0
                || !url.substring(0, comma).toLowerCase(Locale.ROOT).endsWith(BASE64)) {
            throw new IllegalArgumentException("expected a data URL in base64");
        }
        return storeBase64(url.substring(comma + 1));
    }

    /** Returns whether an address carries its content itself. */
    public static boolean isDataUrl(String url) {
        return url.regionMatches(true, 0, DATA, 0, DATA.length());
    }

    /** Returns the name of the file an address of this site stands for, be it there or still to come; else empty. */
    public Optional<String> name(String url) {
        int begin = base.length() + PATH.length();
        if (url.length() <= begin || !url.startsWith(base) || !url.startsWith(PATH, base.length())) {
            return Optional.empty();
        }
        String name = url.substring(begin);
        return NAME.matcher(name).matches() ? Optional.of(name) : Optional.empty();
    }

    /** Returns the file of that name, the last part of its address; empty when there is none. */
    public Optional<Found> find(String name) {
        Matcher form = NAME.matcher(name);
        Optional<MediaKind> named = form.matches() ? MediaKind.named(form.group(1)) : Optional.empty();
        if (named.isEmpty()) {
            return Optional.empty();
        }
        Path file = place(name);
        try (InputStream in = Files.newInputStream(file)) {
            // A name may have been given out before the file was seen.
            MediaKind kind = MediaKind.of(in.readNBytes(HEAD_BYTES)).orElse(named.get());
            return Optional.of(new Found(file, kind.type(), Files.size(file)));
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    /** One folder for all would grow too large for some tools. */
    private Path place(String name) {
        return folder.resolve(name.substring(0, 2)).resolve(name);
    }

    static Path folder(Path file) {
        return Objects.requireNonNull(file.getParent(), "a file has no folder");
    }

    /** Throws when the disk has not so many bytes to spare. */
    static void demandSpace(Path file, long bytes) throws IOException {
        FileStore disk = Files.getFileStore(folder(file));
        if (disk.getUsableSpace() < SPARE_BYTES + bytes) {
            throw new IOException("the disk is nearly full");
        }
    }

    private static void write(Path target, byte[] file) throws IOException {
        Path parent = folder(target);
        Files.createDirectories(parent);
        demandSpace(target, file.length);
        // Moved into place as a whole: nobody is served half a file.
        Path made = Files.createTempFile(parent, "new", ".part");
        try {
            Files.write(made, file);
            Files.move(made, target, StandardCopyOption.ATOMIC_MOVE);
        } finally {
            Files.deleteIfExists(made);
        }
    }
}
