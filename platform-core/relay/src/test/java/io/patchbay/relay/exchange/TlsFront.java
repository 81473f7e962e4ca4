package io.patchbay.relay.exchange;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Speaks TLS in front of a server on loopback that does not. */
final class TlsFront implements AutoCloseable {
    private final ServerSocket server;
    private final int behind;
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();

    private TlsFront(ServerSocket server, int behind) {
        this.server = server;
        this.behind = behind;
    }

    /** Stands in front of that port. */
    static TlsFront start(SelfSigned certificate, int behind) throws Exception {
        TlsFront front = new TlsFront(certificate.listen(), behind);
        Thread.ofVirtual().start(front::accept);
        return front;
    }

    int port() {
        return server.getLocalPort();
    }

    private void accept() {
        while (!server.isClosed()) {
            try {
                Socket client = server.accept();
                Socket upstream = new Socket(InetAddress.getLoopbackAddress(), behind);
                open.add(client);
                open.add(upstream);
                Thread.ofVirtual().start(() -> Pipe.join(client, upstream));
            } catch (IOException e) {
                // Closed: the loop ends.
            }
        }
    }

    @Override
    public void close() throws IOException {
        server.close();
        open.forEach(Pipe::close);
    }
}
