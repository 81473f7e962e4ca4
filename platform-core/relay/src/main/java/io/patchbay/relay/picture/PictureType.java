package io.patchbay.relay.picture;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Tells pictures by their first bytes, because what servers and clients call them is often wrong and sometimes a lie. */
public final class PictureType {
    /** So many bytes are enough to tell. */
    static final int HEAD = 32;

    private static final List<String> AVIF = List.of("avif", "avis");
    private static final List<String> HEIC = List.of("heic", "heix", "heim", "heis", "hevc", "hevx");
    private static final List<String> HEIF = List.of("mif1", "msf1");

    /** The sizes a bitmap's second header may have: two letters alone are too little to go by. */
    private static final List<Integer> BITMAP_HEADERS = List.of(12, 40, 52, 56, 64, 108, 124);

    private PictureType() {}

    /**
     * Returns the media type of a picture, or {@code null} when the bytes begin none of a known kind. SVG is none: it is a
     * document that can name other addresses.
     *
     * @param head the first bytes, {@value #HEAD} of them or the whole file
     */
    public static @Nullable String of(byte[] head) {
        if (starts(head, 0, "\u0089PNG\r\n\u001a\n")) {
            return "image/png";
        }
        if (starts(head, 0, "\u00ff\u00d8\u00ff")) {
            return "image/jpeg";
        }
        if (starts(head, 0, "GIF87a") || starts(head, 0, "GIF89a")) {
            return "image/gif";
        }
        if (starts(head, 0, "RIFF") && starts(head, 8, "WEBP")) {
            return "image/webp";
        }
        if (starts(head, 4, "ftyp") && head.length >= 12) {
            return brand(new String(head, 8, 4, StandardCharsets.ISO_8859_1));
        }
        if (starts(head, 0, "BM") && head.length >= 18 && BITMAP_HEADERS.contains(littleEndian(head, 14))) {
            return "image/bmp";
        }
        return null;
    }

    private static @Nullable String brand(String brand) {
        if (AVIF.contains(brand)) {
            return "image/avif";
        }
        if (HEIC.contains(brand)) {
            return "image/heic";
        }
        return HEIF.contains(brand) ? "image/heif" : null;
    }

    private static int littleEndian(byte[] bytes, int at) {
        return (bytes[at] & 0xff)
                | (bytes[at + 1] & 0xff) << 8
                | (bytes[at + 2] & 0xff) << 16
                | (bytes[at + 3] & 0xff) << 24;
    }

    private static boolean starts(byte[] head, int at, String bytes) {
        byte[] wanted = bytes.getBytes(StandardCharsets.ISO_8859_1);
        return head.length >= at + wanted.length
                && Arrays.equals(head, at, at + wanted.length, wanted, 0, wanted.length);
    }
}
