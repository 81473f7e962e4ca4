package io.patchbay.relay.exchange;

import io.patchbay.foundation.config.RelayConfig;
import io.patchbay.spi.http.Body;
import io.patchbay.spi.http.HttpRequest;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import org.eclipse.jetty.client.ByteBufferRequestContent;
import org.eclipse.jetty.client.HttpClient;
import org.eclipse.jetty.client.Request;
import org.eclipse.jetty.client.WWWAuthenticationProtocolHandler;
import org.eclipse.jetty.client.transport.HttpClientTransportOverHTTP;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import org.eclipse.jetty.websocket.core.Configuration;
import org.eclipse.jetty.websocket.core.client.WebSocketCoreClient;

/**
 * The way out: sends what flows ask for, requests and handshakes of sockets. One connection pool per proxy setting, kept for the life of the process;
 * certificates are verified, redirects are not followed (a key must not travel to another host), cookies are ignored.
 */
public final class UpstreamClient implements AutoCloseable {
    private static final int MAX_PROXIES = 256;
    private static final int BUFFER = 16 * 1024;

    private final RelayConfig config;
    private final InstantSource clock;
    private final QueuedThreadPool threads;
    private final Map<ProxySetting, Way> ways = new ConcurrentHashMap<>();
    private final Configuration.ConfigurationCustomizer socketLimits = new Configuration.ConfigurationCustomizer();

    /** One way out; both share connections' settings, the proxy and the certificates that are trusted. */
    private record Way(HttpClient http, WebSocketCoreClient sockets) {}

    /** Creates a client; connections are made when needed. */
    public UpstreamClient(RelayConfig config, InstantSource clock) throws Exception {
        this.config = config;
        this.clock = clock;
        this.threads = new QueuedThreadPool(64, 4);
        threads.setName("upstream");
        threads.setDaemon(true);
        threads.start();
        socketLimits.setIdleTimeout(config.totalTimeout());
        socketLimits.setInputBufferSize(BUFFER);
        // What is said goes out in one frame; large frames that come in are handed over piece by piece.
        socketLimits.setMaxFrameSize(0);
        socketLimits.setAutoFragment(true);
    }

    /** Returns the pool whose threads run readers and flows. */
    public Executor executor() {
        return threads;
    }

    /** Prepares an exchange; nothing is sent before {@link UpstreamExchange#send()}. */
    UpstreamExchange exchange(
            HttpRequest asked,
            ProxySetting proxy,
            Redactor redactor,
            Executor serial,
            UpstreamExchange.Listener listener) {
        Outgoing outgoing = Outgoing.of(asked, redactor, clock.instant());
        Request request = way(proxy).http().newRequest(outgoing.address()).method(asked.method());
        Body body = asked.body();
        if (body != null) {
            request.body(new ByteBufferRequestContent(body.contentType(), outgoing.body()));
        }
        request.headers(outgoing::addHeaders);
        return new UpstreamExchange(request, serial, listener);
    }

    /** Prepares the handshake of a socket; nothing is sent before {@link SocketExchange#send()}. */
    SocketExchange dial(HttpRequest asked, ProxySetting proxy, Redactor redactor, SocketExchange exchange) {
        Outgoing outgoing = Outgoing.of(asked, redactor, clock.instant());
        WebSocketCoreClient sockets = way(proxy).sockets();
        exchange.handshakes(() -> {
            SocketHandshake handshake =
                    new SocketHandshake(sockets, outgoing.address(), exchange.frames(), exchange.outcome());
            handshake.headers(outgoing::addHeaders);
            handshake.setConfiguration(socketLimits);
            return handshake;
        });
        return exchange;
    }

    private Way way(ProxySetting proxy) {
        if (!ways.containsKey(proxy) && ways.size() >= MAX_PROXIES) {
            throw new IllegalStateException("more than " + MAX_PROXIES + " different proxies are in use");
        }
        return ways.computeIfAbsent(proxy, this::open);
    }

    private Way open(ProxySetting proxy) {
        HttpClient client = new HttpClient(new HttpClientTransportOverHTTP(1));
        client.setName("upstream");
        client.setExecutor(threads);
        client.setConnectTimeout(config.connectTimeout().toMillis());
        client.setAddressResolutionTimeout(config.connectTimeout().toMillis());
        // Silence is judged per call (first token, stall), not per connection.
        client.setIdleTimeout(config.totalTimeout().toMillis());
        client.setMaxConnectionsPerDestination(config.maxConnectionsPerChannel());
        client.setMaxRequestsQueuedPerDestination(config.maxConnectionsPerChannel() * 4);
        client.setDestinationIdleTimeout(60_000);
        client.setFollowRedirects(false);
        client.setUserAgentField(new HttpField(HttpHeader.USER_AGENT, "Patchbay"));
        client.setHttpCookieStore(new org.eclipse.jetty.http.HttpCookieStore.Empty());
        client.setUseInputDirectByteBuffers(false);
        client.setResponseBufferSize(BUFFER);
        client.setRequestBufferSize(8 * 1024);
        proxy.address().ifPresent(address -> ProxyHop.add(client, proxy, address));
        try {
            client.start();
            // Keys go out unasked. A refusal without a challenge is ordinary among vendors, and its body tells why.
            client.getProtocolHandlers().remove(WWWAuthenticationProtocolHandler.NAME);
            WebSocketCoreClient sockets = new WebSocketCoreClient(client, null);
            sockets.start();
            return new Way(client, sockets);
        } catch (Exception e) {
            throw new IllegalStateException("the HTTP client could not start", e);
        }
    }

    @Override
    public void close() {
        for (Way way : ways.values()) {
            stop(way.sockets()::stop);
            stop(way.http()::stop);
        }
        stop(threads::stop);
    }

    private interface Stopping {
        void stop() throws Exception;
    }

    private static void stop(Stopping part) {
        try {
            part.stop();
        } catch (Exception e) {
            if (e instanceof InterruptedException) {
                Thread.currentThread().interrupt();
            }
            org.slf4j.LoggerFactory.getLogger(UpstreamClient.class).warn("the HTTP client did not stop cleanly", e);
        }
    }
}
