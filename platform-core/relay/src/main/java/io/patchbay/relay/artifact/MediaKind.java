package io.patchbay.relay.artifact;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The kinds of file that are kept, told by their first bytes and never by what somebody calls them. Kinds that a
 * browser would run, such as SVG and HTML, are not among them.
 */
enum MediaKind {
    PNG("image/png", "png"),
    JPEG("image/jpeg", "jpg"),
    GIF("image/gif", "gif"),
    WEBP("image/webp", "webp"),
    AVIF("image/avif", "avif"),
    MP4("video/mp4", "mp4"),
    QUICKTIME("video/quicktime", "mov"),
    WEBM("video/webm", "webm"),
    MP3("audio/mpeg", "mp3"),
    M4A("audio/mp4", "m4a"),
    WAV("audio/wav", "wav"),
    OGG("audio/ogg", "ogg"),
    FLAC("audio/flac", "flac");

    private final String type;
    private final String extension;

    MediaKind(String type, String extension) {
        this.type = type;
        this.extension = extension;
    }

    /** Returns the media type. */
    String type() {
        return type;
    }

    /** Returns the end of the file's name, without the dot. */
    String extension() {
        return extension;
    }

    /** Returns the kind whose names end so. */
    static Optional<MediaKind> named(String extension) {
        return Arrays.stream(values())
                .filter(kind -> kind.extension.equals(extension))
                .findFirst();
    }

    /**
     * Returns what a file will probably be.
     *
     * @param word {@code image}, {@code video}, {@code audio} or another word
     * @param type the media type, {@code null} when it is not known
     */
    static MediaKind expected(String word, @Nullable String type) {
        return Arrays.stream(values())
                .filter(kind -> kind.type.equals(type))
                .findFirst()
                .orElseGet(() -> switch (word) {
                    case "image" -> PNG;
                    case "audio" -> MP3;
                    default -> MP4;
                });
    }

    /** Returns what a file is. */
    static Optional<MediaKind> of(byte[] file) {
        if (starts(file, 0, "\u0089PNG\r\n\u001a\n")) {
            return Optional.of(PNG);
        }
        if (starts(file, 0, "\u00ff\u00d8\u00ff")) {
            return Optional.of(JPEG);
        }
        if (starts(file, 0, "GIF87a") || starts(file, 0, "GIF89a")) {
            return Optional.of(GIF);
        }
        if (starts(file, 0, "RIFF")) {
            return starts(file, 8, "WEBP") ? Optional.of(WEBP) : starts(file, 8, "WAVE") ? Optional.of(WAV) : none();
        }
        if (starts(file, 4, "ftyp")) {
            return Optional.of(brand(file));
        }
        if (starts(file, 0, "\u001aE\u00df\u00a3")) {
            return Optional.of(WEBM);
        }
        if (starts(file, 0, "ID3") || isMpegAudio(file)) {
            return Optional.of(MP3);
        }
        if (starts(file, 0, "OggS")) {
            return Optional.of(OGG);
        }
        return starts(file, 0, "fLaC") ? Optional.of(FLAC) : none();
    }

    private static Optional<MediaKind> none() {
        return Optional.empty();
    }

    /** The box format of MPEG-4 says in its brand what is inside. */
    private static MediaKind brand(byte[] file) {
        if (starts(file, 8, "avif") || starts(file, 8, "avis")) {
            return AVIF;
        }
        if (starts(file, 8, "qt  ")) {
            return QUICKTIME;
        }
        return starts(file, 8, "M4A ") ? M4A : MP4;
    }

    /** Eleven bits of one, then layer III of MPEG 1 or 2. */
    private static boolean isMpegAudio(byte[] file) {
        return file.length > 2 && (file[0] & 0xff) == 0xff && (file[1] & 0xe6) == 0xe2;
    }

    private static boolean starts(byte[] file, int at, String bytes) {
        byte[] wanted = bytes.getBytes(StandardCharsets.ISO_8859_1);
        return file.length >= at + wanted.length
                && Arrays.equals(file, at, at + wanted.length, wanted, 0, wanted.length);
    }
}
