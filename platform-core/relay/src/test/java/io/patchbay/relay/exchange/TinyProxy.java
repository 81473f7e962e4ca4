package io.patchbay.relay.exchange;

import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * A proxy on loopback that understands HTTP (CONNECT and requests in absolute form) and SOCKS5 on one port, may want a
 * user name and a password, and can stop passing on what clients say.
 */
final class TinyProxy implements AutoCloseable {
    private final ServerSocket server;
    private final List<String> tunnels = new CopyOnWriteArrayList<>();
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private volatile String wanted = "";
    private volatile String refusal = "";
    private volatile int socksRefusal;
    private volatile boolean deaf;

    private TinyProxy(ServerSocket server) {
        this.server = server;
    }

    static TinyProxy start() throws IOException {
        return start(new ServerSocket(0, 50, InetAddress.getLoopbackAddress()));
    }

    /** Starts one that speaks TLS to its clients. */
    static TinyProxy start(SelfSigned certificate) throws Exception {
        return start(certificate.listen());
    }

    private static TinyProxy start(ServerSocket server) {
        TinyProxy proxy = new TinyProxy(server);
        Thread.ofVirtual().start(proxy::accept);
        return proxy;
    }

    /** Returns what it was asked for, such as {@code connect 127.0.0.1:80 by user:word}. */
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

    /** Lets nobody through but this user from now on; with an empty name anybody. */
    void want(String user, String word) {
        wanted = user.isEmpty() ? "" : user + ":" + word;
    }

    /** Answers HTTP clients with this status line from now on, and SOCKS clients with this code. */
    void refuse(String status, int code) {
        refusal = status;
        socksRefusal = code;
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
            if (first == 5) {
                socks(client, in);
            } else if (first >= 0) {
                http(client, first, in);
            }
        } catch (IOException | RuntimeException e) {
            Pipe.close(client);
        }
    }

    private Socket connect(String host, int port) throws IOException {
        Socket upstream = new Socket(host, port);
        open.add(upstream);
        return upstream;
    }

    private void tunnel(Socket client, Socket upstream) {
        Thread.ofVirtual().start(() -> Pipe.carry(upstream, client, false));
        Pipe.carry(client, upstream, deaf);
    }

    // ---- HTTP ----

    /** Serves requests until the client leaves or opens a tunnel; all in absolute form go to the first one's server. */
    private void http(Socket client, int first, InputStream in) throws IOException {
        Socket upstream = null;
        for (int next = first; next >= 0; next = in.read()) {
            String head = head(next, in);
            String[] words = head.split(" ", 3);
            String user = user(head);
            boolean tunnel = words[0].equals("CONNECT");
            tunnels.add((tunnel ? "connect " : "plain ") + words[1] + (user.isEmpty() ? "" : " by " + user));
            if (!wanted.isEmpty() && !user.equals(wanted)) {
                say(client, "407 Proxy Authentication Required\r\nProxy-Authenticate: Basic realm=\"tiny\"");
                return;
            }
            if (!refusal.isEmpty()) {
                say(client, refusal);
                return;
            }
            if (tunnel) {
                int colon = words[1].lastIndexOf(':');
                Socket asked = connect(words[1].substring(0, colon), Integer.parseInt(words[1].substring(colon + 1)));
                client.getOutputStream().write("HTTP/1.1 200 OK\r\n\r\n".getBytes(StandardCharsets.ISO_8859_1));
                client.getOutputStream().flush();
                tunnel(client, asked);
                return;
            }
            URI address = URI.create(words[1]);
            if (upstream == null) {
                Socket asked = connect(address.getHost(), address.getPort());
                upstream = asked;
                Thread.ofVirtual().start(() -> Pipe.carry(asked, client, false));
            }
            pass(upstream.getOutputStream(), in, head, address);
        }
        Pipe.close(client);
    }

    private static String head(int first, InputStream in) throws IOException {
        StringBuilder head = new StringBuilder().append((char) first);
        while (head.indexOf("\r\n\r\n", Math.max(0, head.length() - 4)) < 0) {
            int next = in.read();
            if (next < 0) {
                throw new IOException("cut");
            }
            head.append((char) next);
        }
        return head.toString();
    }

    private static String user(String head) {
        String name = "\r\nproxy-authorization: basic ";
        int at = head.toLowerCase(Locale.ROOT).indexOf(name);
        if (at < 0) {
            return "";
        }
        String basic = head.substring(at + name.length(), head.indexOf("\r\n", at + 2));
        return new String(Base64.getDecoder().decode(basic.strip()), StandardCharsets.UTF_8);
    }

    private static void say(Socket client, String status) throws IOException {
        client.getOutputStream()
                .write(("HTTP/1.1 " + status + "\r\nContent-Length: 7\r\nConnection: close\r\n\r\nrefused")
                        .getBytes(StandardCharsets.ISO_8859_1));
        client.getOutputStream().flush();
        Pipe.close(client);
    }

    /** Passes one request on in the form servers expect, without what was meant for the proxy. */
    private static void pass(OutputStream out, InputStream in, String head, URI address) throws IOException {
        StringBuilder sent = new StringBuilder(head.substring(0, head.indexOf(' ') + 1));
        sent.append(address.getRawPath());
        sent.append(address.getRawQuery() == null ? "" : "?" + address.getRawQuery());
        sent.append(" HTTP/1.1\r\n");
        int length = 0;
        for (String line : head.substring(head.indexOf("\r\n") + 2).strip().split("\r\n")) {
            String lower = line.toLowerCase(Locale.ROOT);
            if (lower.startsWith("content-length:")) {
                length = Integer.parseInt(line.substring(line.indexOf(':') + 1).strip());
            }
            if (!lower.startsWith("proxy-")) {
                sent.append(line).append("\r\n");
            }
        }
        out.write(sent.append("\r\n").toString().getBytes(StandardCharsets.ISO_8859_1));
        out.write(in.readNBytes(length));
        out.flush();
    }

    // ---- SOCKS5 ----

    private void socks(Socket client, DataInputStream in) throws IOException {
        OutputStream out = client.getOutputStream();
        String methods = new String(in.readNBytes(in.read()), StandardCharsets.ISO_8859_1);
        boolean named = methods.indexOf(2) >= 0;
        if (!named && !wanted.isEmpty()) {
            out.write(new byte[] {5, -1});
            Pipe.close(client);
            return;
        }
        out.write(new byte[] {5, (byte) (named ? 2 : 0)});
        out.flush();
        String user = "";
        if (named) {
            in.readByte();
            user = text(in) + ":" + text(in);
            boolean known = wanted.isEmpty() || user.equals(wanted);
            out.write(new byte[] {1, (byte) (known ? 0 : 1)});
            out.flush();
            if (!known) {
                tunnels.add("socks refused " + user);
                Pipe.close(client);
                return;
            }
        }
        in.readNBytes(3);
        int kind = in.readByte();
        String host = kind == 3
                ? text(in)
                : InetAddress.getByAddress(in.readNBytes(kind == 1 ? 4 : 16)).getHostAddress();
        int port = in.readUnsignedShort();
        tunnels.add("socks " + host + ":" + port + (user.isEmpty() ? "" : " by " + user));
        if (socksRefusal != 0) {
            out.write(new byte[] {5, (byte) socksRefusal, 0, 1, 0, 0, 0, 0, 0, 0});
            Pipe.close(client);
            return;
        }
        Socket upstream = connect(host, port);
        out.write(new byte[] {5, 0, 0, 1, 0, 0, 0, 0, 0, 0});
        out.flush();
        tunnel(client, upstream);
    }

    private static String text(DataInputStream in) throws IOException {
        return new String(in.readNBytes(in.readUnsignedByte()), StandardCharsets.UTF_8);
    }

    @Override
    public void close() throws IOException {
        server.close();
        open.forEach(Pipe::close);
    }
}
