package io.patchbay.relay.exchange;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Socket;

/** Carries bytes between two connections until one side leaves. */
final class Pipe {
    private Pipe() {}

    /** Carries both ways; returns when the first side has ended. */
    static void join(Socket one, Socket other) {
        Thread.ofVirtual().start(() -> carry(other, one, false));
        carry(one, other, false);
    }

    /**
     * Carries one way, and closes both at the end.
     *
     * @param once whether nothing is read after the first bytes, and nothing closed
     */
    static void carry(Socket from, Socket to, boolean once) {
        try {
            byte[] buffer = new byte[8 * 1024];
            int read;
            while ((read = from.getInputStream().read(buffer)) >= 0) {
                to.getOutputStream().write(buffer, 0, read);
                to.getOutputStream().flush();
                if (once) {
                    return;
                }
            }
        } catch (IOException e) {
            // One side has left; so does the other.
        }
        close(from);
        close(to);
    }

    static void close(Socket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
