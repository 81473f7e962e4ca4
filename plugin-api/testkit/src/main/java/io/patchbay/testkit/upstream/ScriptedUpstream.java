package io.patchbay.testkit.upstream;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A stand-in for a vendor: a server of HTTP/1.1 and WebSockets on a loopback port that answers by script.
 *
 * <p>It keeps connections alive, reads bodies with a length or in chunks, understands {@code Expect: 100-continue}, and
 * notices at once when a client leaves in the middle of an answer. It remembers what it received, who left, and what it
 * charged. Safe for use by many threads; {@link #close()} breaks all connections.
 */
public final class ScriptedUpstream implements AutoCloseable {
    private final ServerSocket server;
    private final List<Route> routes = new CopyOnWriteArrayList<>();
    private final Set<Connection> connections = ConcurrentHashMap.newKeySet();
    private final AtomicLong requests = new AtomicLong();
    private final AtomicLong connectionsEver = new AtomicLong();

    private final UpstreamMemory memory = new UpstreamMemory();
    private volatile Function<ReceivedRequest, Script> otherwise = ScriptedUpstream::notScripted;

    private record Route(String method, String prefix, Function<ReceivedRequest, Script> answer, boolean once) {
        boolean fits(ReceivedRequest request) {
            return (method.equals("*") || method.equals(request.method()))
                    && request.path().startsWith(prefix);
        }
    }

    private ScriptedUpstream(ServerSocket server) {
        this.server = server;
    }

    /** Starts an upstream on a free port. */
    public static ScriptedUpstream start() {
        return start(0);
    }

    /**
     * Starts an upstream.
     *
     * @param port 0 for any free one
     * @throws UncheckedIOException when the port is taken
     */
    public static ScriptedUpstream start(int port) {
        try {
            ServerSocket server = new ServerSocket();
            server.setReuseAddress(true);
            server.bind(new InetSocketAddress(InetAddress.getByAddress(new byte[] {127, 0, 0, 1}), port), 4_096);
            ScriptedUpstream upstream = new ScriptedUpstream(server);
            Thread.ofVirtual().name("upstream-accept-" + server.getLocalPort()).start(upstream::accept);
            return upstream;
        } catch (IOException e) {
            throw new UncheckedIOException("cannot listen on port " + port, e);
        }
    }

    /** Returns the root address, for example {@code http://127.0.0.1:40123}. */
    public URI uri() {
        return URI.create(endpoint());
    }

    /** Returns the root address as a channel's endpoint, without a slash at the end. */
    public String endpoint() {
        return "http://127.0.0.1:" + server.getLocalPort();
    }

    /** Returns the root address for WebSockets, without a slash at the end. */
    public String socketEndpoint() {
        return "ws://127.0.0.1:" + server.getLocalPort();
    }

    /** Returns the port. */
    public int port() {
        return server.getLocalPort();
    }

    /** Answers such requests by that script; the longest prefix wins, among equals the one said last. */
    public ScriptedUpstream on(String method, String pathPrefix, Script script) {
        return on(method, pathPrefix, request -> script);
    }

    /** Answers such requests by a function of the request; {@code *} stands for any method. */
    public ScriptedUpstream on(String method, String pathPrefix, Function<ReceivedRequest, Script> answer) {
        routes.add(new Route(method, pathPrefix, answer, false));
        return this;
    }

    /** Answers the next such request by that script, before any {@link #on} is asked; several queue up in order. */
    public ScriptedUpstream once(String method, String pathPrefix, Script script) {
        return once(method, pathPrefix, request -> script);
    }

    /** Answers the next such request by a function of the request; see {@link #once(String, String, Script)}. */
    public ScriptedUpstream once(String method, String pathPrefix, Function<ReceivedRequest, Script> answer) {
        routes.add(new Route(method, pathPrefix, answer, true));
        return this;
    }

    /** Answers what no other rule fits; a 404 unless said. */
    public ScriptedUpstream otherwise(Function<ReceivedRequest, Script> answer) {
        this.otherwise = answer;
        return this;
    }

    /** Remembers only the latest requests, so many; 20,000 unless said. */
    public ScriptedUpstream remembering(int latest) {
        memory.change(facts -> facts.remembered = latest);
        return this;
    }

    /** Returns what was received, oldest first. */
    public List<ReceivedRequest> received() {
        return memory.read(facts -> List.copyOf(facts.received));
    }

    /** Returns how many requests were received in all. */
    public long requests() {
        return requests.get();
    }

    /** Returns how many connections are open now. */
    public int openConnections() {
        return connections.size();
    }

    /** Returns how many connections were opened in all. */
    public long connectionsEver() {
        return connectionsEver.get();
    }

    /** Returns how many answers are being written now. */
    public int active() {
        return memory.read(facts -> facts.active);
    }

    /** Returns the clients that left before their answer was complete, in the order that was noticed. */
    public List<Cancellation> cancelled() {
        return memory.read(facts -> List.copyOf(facts.cancellations));
    }

    /** Returns what clients said on WebSockets, in the order it was heard. */
    public List<HeardMessage> heard() {
        return memory.read(facts -> List.copyOf(facts.heard));
    }

    /** Returns how clients ended their WebSockets, in the order that was noticed. */
    public List<SocketClosing> closings() {
        return memory.read(facts -> List.copyOf(facts.closings));
    }

    /** Returns what was charged, in the order the answers ended. */
    public List<Charge> bill() {
        return memory.read(facts -> List.copyOf(facts.bill));
    }

    /** Forgets requests, cancellations, charges, and what was said on sockets. */
    public void forget() {
        memory.change(UpstreamMemory.Facts::forget);
    }

    /** Waits until so many requests are remembered; fails after 10 seconds. */
    public List<ReceivedRequest> awaitReceived(int count) {
        return memory.await("requests", count, facts -> facts.received);
    }

    /** Waits until so many messages were heard on WebSockets; fails after 10 seconds. */
    public List<HeardMessage> awaitHeard(int count) {
        return memory.await("messages heard", count, facts -> facts.heard);
    }

    /** Waits until so many WebSockets were ended by their clients; fails after 10 seconds. */
    public List<SocketClosing> awaitClosings(int count) {
        return memory.await("sockets ended", count, facts -> facts.closings);
    }

    /** Waits until so many clients were seen leaving; fails after 10 seconds. */
    public List<Cancellation> awaitCancelled(int count) {
        return memory.await("cancelled", count, facts -> facts.cancellations);
    }

    /** Waits until so many charges are on the bill; fails after 10 seconds. */
    public List<Charge> awaitBilled(int count) {
        return memory.await("charges", count, facts -> facts.bill);
    }

    /** Waits until no answer is being written; fails after 10 seconds. */
    public void awaitIdle() {
        memory.await(facts -> facts.active == 0, facts -> "no answer being written, found " + facts.active);
    }

    @Override
    public void close() {
        try {
            server.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            connections.forEach(Connection::close);
        }
    }

    private void accept() {
        while (!server.isClosed()) {
            try {
                Socket socket = server.accept();
                socket.setTcpNoDelay(true);
                Connection connection = new Connection(socket, this);
                connections.add(connection);
                connectionsEver.incrementAndGet();
                Thread.ofVirtual().name("upstream-connection").start(connection);
            } catch (IOException e) {
                if (!server.isClosed()) {
                    // Out of file descriptors, for example: try again, but do not spin.
                    pauseAfterFailure();
                }
            }
        }
    }

    private static void pauseAfterFailure() {
        try {
            TimeUnit.MILLISECONDS.sleep(10);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    ReceivedRequest receive(RequestReader.Parsed parsed) {
        long number = requests.incrementAndGet();
        ReceivedRequest request = new ReceivedRequest(
                parsed.method(), parsed.path(), parsed.headers(), parsed.body(), parsed.query(), number, Instant.now());
        memory.change(facts -> {
            facts.active++;
            facts.received.addLast(request);
            facts.trim();
        });
        return request;
    }

    Script choose(ReceivedRequest request) {
        try {
            return answerFor(request).apply(request);
        } catch (RuntimeException e) {
            return Script.answer(500).text("text/plain", "the script failed: " + e);
        }
    }

    private Function<ReceivedRequest, Script> answerFor(ReceivedRequest request) {
        Route best = null;
        for (Route route : routes) {
            if (!route.fits(request)) {
                continue;
            }
            if (route.once() && routes.remove(route)) {
                return route.answer();
            }
            if (!route.once()
                    && (best == null || route.prefix().length() >= best.prefix().length())) {
                best = route;
            }
        }
        return best == null ? otherwise : best.answer();
    }

    void cancelled(ReceivedRequest request) {
        long noticed = System.nanoTime();
        memory.change(facts -> facts.cancellations.add(new Cancellation(request, noticed)));
    }

    void answered(@Nullable Charge charge) {
        memory.change(facts -> {
            facts.active--;
            if (charge != null) {
                facts.bill.add(charge);
            }
        });
    }

    void heard(HeardMessage message) {
        memory.change(facts -> facts.heard.add(message));
    }

    void left(SocketClosing closing) {
        memory.change(facts -> facts.closings.add(closing));
    }

    void closed(Connection connection) {
        connections.remove(connection);
    }

    private static Script notScripted(ReceivedRequest request) {
        return OpenAiScripts.error(404, "invalid_request_error", "unknown_url", "no script for this address");
    }
}
