package io.patchbay.spi.http;

import io.patchbay.spi.json.JsonValue;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * A request body, made of pieces, so that files stay with the host and a client's body is spliced, not printed anew.
 *
 * @param contentType the value of the header, sent exactly so
 * @param pieces in order; empty for an empty body
 */
public record Body(String contentType, List<Piece> pieces) {
    public Body {
        pieces = List.copyOf(pieces);
    }

    /** Returns a JSON body. */
    public static Body json(JsonValue value) {
        return new Body("application/json", List.of(new Piece.Inline(value.toBytes())));
    }

    /** Returns a text body in UTF-8. */
    public static Body text(String contentType, String text) {
        return new Body(contentType, List.of(new Piece.Inline(text.getBytes(StandardCharsets.UTF_8))));
    }

    /** Returns a body of these bytes. */
    public static Body bytes(String contentType, byte[] bytes) {
        return new Body(contentType, List.of(new Piece.Inline(bytes)));
    }

    /** Returns a body that is a whole blob, with the blob's own type. */
    public static Body of(Blob blob) {
        return new Body(blob.contentType(), List.of(new Piece.Part(blob, 0, blob.length())));
    }

    /** Returns the number of bytes that will be sent. */
    public long length() {
        long length = 0;
        for (Piece piece : pieces) {
            length += switch (piece) {
                case Piece.Inline inline -> inline.bytes().length;
                case Piece.Part part -> part.to() - part.from();
                case Piece.Base64 base64 -> (base64.blob().length() + 2) / 3 * 4;
            };
        }
        return length;
    }
}
