package io.patchbay.relay.picture;

import io.patchbay.relay.exchange.MemoryBlob;
import java.util.Base64;

/**
 * A picture's bytes.
 *
 * @param mediaType what the bytes are, such as {@code image/png}
 * @param base64 the bytes in base64, padded and without line breaks
 */
record Picture(String mediaType, String base64) {
    /** Returns the size in bytes. */
    long length() {
        return Base64Text.decodedLength(base64);
    }

    /** Returns the picture as a URL. */
    String dataUrl() {
        return "data:" + mediaType + ";base64," + base64;
    }

    /** Returns the bytes as a file to send. */
    MemoryBlob blob(int number) {
        String extension = mediaType.substring(mediaType.indexOf('/') + 1);
        return new MemoryBlob(
                Base64.getDecoder().decode(base64),
                mediaType,
                "picture-" + number + "." + (extension.equals("jpeg") ? "jpg" : extension));
    }

    /** The content may be anybody's. */
    @Override
    public String toString() {
        return mediaType + " of " + length() + " bytes";
    }
}
