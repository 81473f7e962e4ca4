package io.patchbay.server.bounds;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.awaitility.Awaitility;

/**
 * One connection of HTTP/1.1, at the level where a client can be rude: requests before the answers to earlier ones, bodies
 * that are refused while they are sent, answers that are not read. Used by one writing and one reading thread.
 */
final class Exchange implements AutoCloseable {
    private static final int PATIENCE_MS = 180_000;

    private final Socket socket;
    private final InputStream in;

    /** An answer with its whole body. Header names are in lower case. */
    record Response(int status, Map<String, String> headers, byte[] body) {
        String text() {
            return new String(body, StandardCharsets.UTF_8);
        }

        String header(String name) {
            return headers.getOrDefault(name, "");
        }
    }

    private Exchange(Socket socket) throws IOException {
        this.socket = socket;
        this.in = new BufferedInputStream(socket.getInputStream());
    }

    /** Connects. */
    static Exchange with(URI server) throws IOException {
        return with(server, 0);
    }

    /**
     * Connects.
     *
     * @param receiveBuffer how much the system takes in for a client that does not read, in bytes; 0 as usual
     */
    static Exchange with(URI server, int receiveBuffer) throws IOException {
        Socket socket = new Socket();
        if (receiveBuffer > 0) {
            socket.setReceiveBufferSize(receiveBuffer);
        }
        socket.setSoTimeout(PATIENCE_MS);
        socket.setTcpNoDelay(true);
        socket.connect(new InetSocketAddress(server.getHost(), server.getPort()), PATIENCE_MS);
        return new Exchange(socket);
    }

    /** Returns a whole request. */
    static byte[] request(String method, String path, List<String> headers, byte[] body) {
        byte[] begin = head(method, path, headers, "Content-Length: " + body.length);
        byte[] all = new byte[begin.length + body.length];
        System.arraycopy(begin, 0, all, 0, begin.length);
        System.arraycopy(body, 0, all, begin.length, body.length);
        return all;
    }

    /** Returns what stands before the body of a request. */
    static byte[] head(String method, String path, List<String> headers, String framing) {
        StringBuilder head = new StringBuilder(method + " " + path + " HTTP/1.1\r\nHost: localhost\r\n");
        headers.forEach(header -> head.append(header).append("\r\n"));
        return head.append(framing).append("\r\n\r\n").toString().getBytes(StandardCharsets.UTF_8);
    }

    /** Sends bytes as they are. */
    void send(byte[] bytes) throws IOException {
        socket.getOutputStream().write(bytes);
    }

    /**
     * Sends a request whose answer may come before it is sent as a whole, and reads the answer. A server that refuses a body
     * closes the connection, which ends the sending.
     */
    Response ask(byte[]... request) throws IOException {
        Thread sender = Thread.ofVirtual().start(() -> {
            try {
                for (byte[] part : request) {
                    send(part);
                }
            } catch (IOException e) {
                // Refused in the middle: the answer tells why.
                return;
            }
        });
        try {
            return read();
        } finally {
            sender.interrupt();
        }
    }

    /** Sends a request on a new connection, and again as long as the server has no room for it. */
    static Response askUntilLetIn(URI server, byte[]... request) {
        return Awaitility.await()
                .atMost(Duration.ofMillis(PATIENCE_MS))
                .pollInterval(Duration.ofMillis(500))
                .until(
                        () -> {
                            try (Exchange exchange = with(server)) {
                                return exchange.ask(request);
                            }
                        },
                        response -> response.status() != 503);
    }

    /** Reads one answer. */
    Response read() throws IOException {
        int status = status();
        while (status == 100) {
            headers();
            status = status();
        }
        Map<String, String> headers = headers();
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        if (headers.getOrDefault("transfer-encoding", "").equals("chunked")) {
            chunks(body);
        } else if (headers.containsKey("content-length")) {
            body.write(exactly(Integer.parseInt(headers.get("content-length"))));
        } else {
            in.transferTo(body);
        }
        return new Response(status, headers, body.toByteArray());
    }

    /** Reads one byte; returns -1 at the end. */
    int readByte() throws IOException {
        return in.read();
    }

    private int status() throws IOException {
        return Integer.parseInt(line().split(" ")[1]);
    }

    private Map<String, String> headers() throws IOException {
        Map<String, String> headers = new HashMap<>();
        for (String line = line(); !line.isEmpty(); line = line()) {
            int colon = line.indexOf(':');
            headers.put(
                    line.substring(0, colon).toLowerCase(Locale.ROOT),
                    line.substring(colon + 1).strip());
        }
        return headers;
    }

    private void chunks(ByteArrayOutputStream body) throws IOException {
        for (int size = size(); size > 0; size = size()) {
            body.write(exactly(size));
            line();
        }
        line();
    }

    private int size() throws IOException {
        return Integer.parseInt(line().strip(), 16);
    }

    private byte[] exactly(int length) throws IOException {
        byte[] bytes = in.readNBytes(length);
        if (bytes.length < length) {
            throw new EOFException("the connection ended in the middle of a body");
        }
        return bytes;
    }

    private String line() throws IOException {
        StringBuilder line = new StringBuilder();
        for (int c = in.read(); c != '\n'; c = in.read()) {
            if (c < 0) {
                throw new EOFException("the connection ended in the middle of an answer");
            }
            if (c != '\r') {
                line.append((char) c);
            }
        }
        return line.toString();
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
