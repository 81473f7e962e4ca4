package io.patchbay.relay.exchange;

import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/** A proxy on loopback that understands HTTP CONNECT and SOCKS5 on one port, and can stop passing on what clients say. */
final class TinyProxy implements AutoCloseable {
    private final ServerSocket server;
    private final List<String> tunnels = new CopyOnWriteArrayList<>();
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private volatile boolean deaf;

    private TinyProxy(ServerSocket server) {
        this.server = server;
    }

    static TinyProxy start() throws IOException {
        ServerSocket server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        TinyProxy proxy = new TinyProxy(server);
        Thread.ofVirtual().start(proxy::accept);
        return proxy;
    }

    /** Returns what tunnels were opened, such as {@code connect 127.0.0.1:80 by user}. */
    List<String> tunnels() {
        return tunnels;
    }

    int port() {
        return server.getLocalPort();
    }

    /** Reads nothing more from clients that open a tunnel from now on, once their first request is through. */
    void goDeaf() {
        deaf = true;
    }

    private void accept() {
        while (!server.isClosed()) {
            try {
                Socket client = server.accept();
                open.add(client);
                Thread.ofVirtual().start(() -> serve(client));
            } catch (IOException e) {
                // Closed: the loop ends.
            }
        }
    }

    private void serve(Socket client) {
        try {
            DataInputStream in = new DataInputStream(client.getInputStream());
            int first = in.read();
            String target = first == 5 ? socks(in, client.getOutputStream()) : connect(first, in);
            int colon = target.lastIndexOf(':');
            Socket upstream = new Socket(target.substring(0, colon), Integer.parseInt(target.substring(colon + 1)));
            open.add(upstream);
            byte[] agreed = first == 5
                    ? new byte[] {5, 0, 0, 1, 0, 0, 0, 0, 0, 0}
                    : "HTTP/1.1 200 OK\r\n\r\n".getBytes(StandardCharsets.ISO_8859_1);
            client.getOutputStream().write(agreed);
            Thread.ofVirtual().start(() -> copy(upstream, client, false));
            copy(client, upstream, deaf);
        } catch (IOException e) {
            close(client);
        }
    }

    /** Reads a CONNECT; returns host and port. */
    private String connect(int first, InputStream in) throws IOException {
        StringBuilder head = new StringBuilder().append((char) first);
        while (head.indexOf("\r\n\r\n") < 0) {
            head.append((char) in.read());
        }
        String[] words = head.toString().split(" ", 3);
        String user = head.toString().replaceAll("(?s).*Proxy-Authorization: Basic (\\S+).*", "$1");
        tunnels.add("connect " + words[1] + (user.length() < 100 ? " by " + user : ""));
        if (!words[0].equals("CONNECT")) {
            throw new IOException("not a tunnel: " + words[0]);
        }
        return words[1];
    }

    /** Reads a SOCKS5 greeting and request; returns host and port. */
    private String socks(DataInputStream in, OutputStream out) throws IOException {
        byte[] methods = in.readNBytes(in.read());
        boolean named = new String(methods, StandardCharsets.ISO_8859_1).indexOf(2) >= 0;
        out.write(new byte[] {5, (byte) (named ? 2 : 0)});
        String user = "";
        if (named) {
            in.readByte();
            user = " by " + text(in) + "/" + text(in);
            out.write(new byte[] {1, 0});
        }
        in.readNBytes(3);
        String host = in.readByte() == 3
                ? text(in)
                : InetAddress.getByAddress(in.readNBytes(4)).getHostAddress();
        String target = host + ":" + in.readUnsignedShort();
        tunnels.add("socks " + target + user);
        return target;
    }

    private static String text(DataInputStream in) throws IOException {
        return new String(in.readNBytes(in.readUnsignedByte()), StandardCharsets.ISO_8859_1);
    }

    private void copy(Socket from, Socket to, boolean onlyOnce) {
        try {
            byte[] buffer = new byte[8 * 1024];
            int read;
            while ((read = from.getInputStream().read(buffer)) >= 0) {
                to.getOutputStream().write(buffer, 0, read);
                if (onlyOnce) {
                    return;
                }
            }
        } catch (IOException e) {
            // One side has left; so does the other.
        }
        close(from);
        close(to);
    }

    private static void close(Socket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() throws IOException {
        server.close();
        open.forEach(TinyProxy::close);
    }
}
