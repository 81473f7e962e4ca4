package io.patchbay.benchmarks.wire;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.channels.SelectionKey;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;

/** Accepts connections on loopback. */
public final class Listener implements Endpoint {
    private static final int BACKLOG = 4_096;

    /** Takes over what was accepted. */
    @FunctionalInterface
    public interface Acceptor {
        /** Called on the loop's thread. */
        void accepted(SocketChannel channel) throws IOException;
    }

    private final ServerSocketChannel server;
    private final Acceptor acceptor;

    /**
     * Listens at once; connections are accepted while the loop runs.
     *
     * @param port 0 for a free one
     * @throws IOException when the port cannot be had
     */
    public Listener(EventLoop loop, int port, Acceptor acceptor) throws IOException {
        this.acceptor = acceptor;
        this.server = ServerSocketChannel.open();
        server.bind(new InetSocketAddress("127.0.0.1", port), BACKLOG);
        server.configureBlocking(false);
        loop.register(server, SelectionKey.OP_ACCEPT, this);
    }

    /** Returns the port it listens on. */
    public int port() {
        return server.socket().getLocalPort();
    }

    @Override
    public void ready() {
        try {
            for (SocketChannel channel = server.accept(); channel != null; channel = server.accept()) {
                acceptor.accepted(channel);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot accept", e);
        }
    }
}
