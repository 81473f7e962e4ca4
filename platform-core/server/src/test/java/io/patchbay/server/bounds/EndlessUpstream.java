package io.patchbay.server.bounds;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/**
 * An upstream whose chat never ends and comes as fast as it is taken, and which knows how much was taken of each. The
 * system's own buffers between it and the server are small, so that they hide little.
 */
final class EndlessUpstream implements AutoCloseable {
    private static final int SEND_BUFFER = 16 * 1024;
    private static final int WORD = 16 * 1024;

    private final ServerSocket server;
    private final List<AtomicLong> taken = new CopyOnWriteArrayList<>();
    private final List<Socket> open = new CopyOnWriteArrayList<>();
    private final AtomicInteger answering = new AtomicInteger();
    private final byte[] chunk;

    private EndlessUpstream(ServerSocket server) {
        this.server = server;
        String event = "data: {\"id\":\"e\",\"object\":\"chat.completion.chunk\",\"created\":1,\"model\":\"endless\","
                + "\"choices\":[{\"index\":0,\"delta\":{\"content\":\"" + "word ".repeat(WORD / 5)
                + "\"},\"finish_reason\":null}]}\n\n";
        this.chunk = (Integer.toHexString(event.length()) + "\r\n" + event + "\r\n").getBytes(StandardCharsets.UTF_8);
    }

    static EndlessUpstream start() {
        try {
            EndlessUpstream upstream = new EndlessUpstream(
                    new ServerSocket(0, 1_000, InetAddress.getByAddress(new byte[] {127, 0, 0, 1})));
            Thread.ofVirtual().name("endless-accept").start(upstream::accept);
            return upstream;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    String endpoint() {
        return "http://127.0.0.1:" + server.getLocalPort();
    }

    /** Returns how many bytes were taken of each answer, in the order they began. */
    List<Long> taken() {
        return taken.stream().map(AtomicLong::get).toList();
    }

    /** Forgets the answers so far. */
    void forget() {
        taken.clear();
    }

    private void accept() {
        try {
            while (true) {
                Socket client = server.accept();
                client.setSendBufferSize(SEND_BUFFER);
                open.add(client);
                Thread.ofVirtual().name("endless").start(() -> answer(client));
            }
        } catch (IOException e) {
            // Closed, which is how this ends.
            return;
        }
    }

    private void answer(Socket client) {
        try (client) {
            readRequest(client.getInputStream());
            answering.incrementAndGet();
            try {
                write(client.getOutputStream());
            } finally {
                answering.decrementAndGet();
            }
        } catch (IOException e) {
            // The other end has left.
            open.remove(client);
        }
    }

    private void write(OutputStream out) throws IOException {
        AtomicLong mine = new AtomicLong();
        taken.add(mine);
        out.write("HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nTransfer-Encoding: chunked\r\n\r\n"
                .getBytes(StandardCharsets.UTF_8));
        while (true) {
            out.write(chunk);
            mine.addAndGet(chunk.length);
        }
    }

    /** A request of this test has a length and is small. */
    private static void readRequest(InputStream raw) throws IOException {
        InputStream in = new BufferedInputStream(raw);
        StringBuilder head = new StringBuilder();
        while (head.indexOf("\r\n\r\n") < 0) {
            int c = in.read();
            if (c < 0) {
                throw new IOException("no request");
            }
            head.append((char) c);
        }
        int at = head.toString().toLowerCase(java.util.Locale.ROOT).indexOf("content-length:");
        String length = head.substring(at + "content-length:".length(), head.indexOf("\r\n", at));
        in.readNBytes(Integer.parseInt(length.strip()));
    }

    /**
     * Returns how many answers are being written. That is not how many connections there are: of a burst of 50 calls Jetty
     * 12.1.14 opens 51 now and then, and keeps the last for later.
     */
    int active() {
        return answering.get();
    }

    @Override
    public void close() throws IOException {
        server.close();
        for (Socket client : open) {
            client.close();
        }
    }
}
