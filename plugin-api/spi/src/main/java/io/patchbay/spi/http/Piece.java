package io.patchbay.spi.http;

/** A part of a body. */
public sealed interface Piece {
    /**
     * Bytes of the plugin's own.
     *
     * @param bytes not to be changed afterwards
     */
    record Inline(byte[] bytes) implements Piece {}

    /**
     * A part of a blob.
     *
     * @param from first byte, from 0
     * @param to one behind the last byte
     */
    record Part(Blob blob, long from, long to) implements Piece {
        public Part {
            if (from < 0 || to < from || to > blob.length()) {
                throw new IllegalArgumentException(
                        "part " + from + ".." + to + " is not inside a blob of " + blob.length() + " bytes");
            }
        }
    }

    /** A whole blob in base64 without line breaks. */
    record Base64(Blob blob) implements Piece {}
}
