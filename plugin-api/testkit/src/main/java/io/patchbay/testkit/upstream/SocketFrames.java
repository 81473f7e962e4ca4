package io.patchbay.testkit.upstream;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/** The frames of RFC 6455, from a server's side: what is read must be masked, what is written is not. */
final class SocketFrames {
    static final int CONTINUATION = 0;
    static final int TEXT = 1;
    static final int BINARY = 2;
    static final int CLOSE = 8;
    static final int PING = 9;
    static final int PONG = 10;

    private static final String MAGIC = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";
    private static final int MAX_PAYLOAD = 64 * 1024 * 1024;

    private SocketFrames() {}

    /** One frame. */
    record Frame(boolean last, int kind, byte[] payload) {}

    /** Returns what a server answers to that {@code Sec-WebSocket-Key}. */
    static String accept(String key) {
        try {
            byte[] text = (key + MAGIC).getBytes(StandardCharsets.ISO_8859_1);
            return Base64.getEncoder()
                    .encodeToString(MessageDigest.getInstance("SHA-1").digest(text));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-1", e);
        }
    }

    /** Reads the next frame, {@code null} at the end of the connection. */
    static @Nullable Frame read(InputStream in) throws IOException {
        int first = in.read();
        if (first < 0) {
            return null;
        }
        int second = byteOf(in);
        if ((second & 0x80) == 0) {
            throw new IOException("a client must mask its frames");
        }
        long length = second & 0x7F;
        if (length >= 126) {
            int bytes = length == 126 ? 2 : 8;
            length = 0;
            for (int i = 0; i < bytes; i++) {
                length = length << 8 | byteOf(in);
            }
        }
        if (length < 0 || length > MAX_PAYLOAD) {
            throw new IOException("a frame is larger than " + MAX_PAYLOAD + " bytes");
        }
        byte[] mask = exactly(in, 4);
        byte[] payload = exactly(in, (int) length);
        for (int i = 0; i < payload.length; i++) {
            payload[i] ^= mask[i % 4];
        }
        return new Frame((first & 0x80) != 0, first & 0x0F, payload);
    }

    private static int byteOf(InputStream in) throws IOException {
        int value = in.read();
        if (value < 0) {
            throw new EOFException("the connection ended inside a frame");
        }
        return value;
    }

    private static byte[] exactly(InputStream in, int count) throws IOException {
        byte[] bytes = in.readNBytes(count);
        if (bytes.length < count) {
            throw new EOFException("the connection ended inside a frame");
        }
        return bytes;
    }

    /** Returns the bytes of a frame of a server. */
    static byte[] print(boolean last, int kind, byte[] payload, int from, int to) {
        int length = to - from;
        ByteBuffer frame = ByteBuffer.allocate(10 + length);
        frame.put((byte) (last ? kind | 0x80 : kind));
        if (length < 126) {
            frame.put((byte) length);
        } else if (length < 65_536) {
            frame.put((byte) 126).putShort((short) length);
        } else {
            frame.put((byte) 127).putLong(length);
        }
        frame.put(payload, from, length);
        byte[] bytes = new byte[frame.position()];
        frame.flip().get(bytes);
        return bytes;
    }

    /** Returns the payload of a close frame; a code of 1005 stands for none. */
    static byte[] closing(int code, String reason) {
        if (code == 1005) {
            return new byte[0];
        }
        byte[] words = reason.getBytes(StandardCharsets.UTF_8);
        return ByteBuffer.allocate(2 + words.length)
                .putShort((short) code)
                .put(words)
                .array();
    }
}
