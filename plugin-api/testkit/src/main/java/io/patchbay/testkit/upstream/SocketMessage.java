package io.patchbay.testkit.upstream;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** One whole WebSocket message, of either side. Immutable. */
public final class SocketMessage {
    private final boolean binary;
    private final byte[] bytes;

    private SocketMessage(boolean binary, byte[] bytes) {
        this.binary = binary;
        this.bytes = bytes;
    }

    /** Returns a text message. */
    public static SocketMessage text(String text) {
        return new SocketMessage(false, text.getBytes(StandardCharsets.UTF_8));
    }

    /** Returns a binary message. */
    public static SocketMessage binary(byte[] bytes) {
        return new SocketMessage(true, bytes.clone());
    }

    /** Returns whether it is binary. */
    public boolean isBinary() {
        return binary;
    }

    /** Returns a copy of the payload, text in UTF-8. */
    public byte[] bytes() {
        return bytes.clone();
    }

    /** Returns the payload as text; bytes that are no UTF-8 become U+FFFD. */
    public String text() {
        return new String(bytes, StandardCharsets.UTF_8);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof SocketMessage that && binary == that.binary && Arrays.equals(bytes, that.bytes);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(bytes);
    }

    @Override
    public String toString() {
        return (binary ? "binary" : "text") + " message of " + bytes.length + " bytes";
    }
}
