package io.patchbay.relay.exchange;

import io.patchbay.spi.http.Blob;
import io.patchbay.spi.http.Body;
import io.patchbay.spi.http.Piece;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;

/** Turns the pieces of a body into buffers. */
final class RequestBodies {
    private RequestBodies() {}

    static List<ByteBuffer> buffers(Body body) {
        List<ByteBuffer> buffers = new ArrayList<>(body.pieces().size());
        for (Piece piece : body.pieces()) {
            buffers.add(
                    switch (piece) {
                        case Piece.Inline inline -> ByteBuffer.wrap(inline.bytes());
                        case Piece.Part part ->
                            ByteBuffer.wrap(memory(part.blob()), (int) part.from(), (int) (part.to() - part.from()));
                        case Piece.Base64 base64 ->
                            ByteBuffer.wrap(Base64.getEncoder().encode(memory(base64.blob())));
                    });
        }
        return buffers;
    }

    static String sha256(List<ByteBuffer> buffers) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            buffers.forEach(buffer -> digest.update(buffer.duplicate()));
            return HexFormat.of().formatHex(digest.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("this Java has no SHA-256", e);
        }
    }

    private static byte[] memory(Blob blob) {
        if (blob instanceof MemoryBlob memory) {
            return memory.bytes();
        }
        throw new IllegalArgumentException("a body may only contain blobs the host handed out");
    }
}
