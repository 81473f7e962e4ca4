package io.patchbay.relay.exchange;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.patchbay.foundation.config.RelayConfig;
import io.patchbay.relay.address.AddressRefused;
import io.patchbay.relay.address.ChannelAddresses;
import io.patchbay.relay.address.GuardedResolver;
import io.patchbay.relay.address.OwnViews;
import io.patchbay.spi.http.Body;
import io.patchbay.spi.http.HttpRequest;
import java.net.InetAddress;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.function.Supplier;
import org.eclipse.jetty.client.ByteBufferRequestContent;
import org.eclipse.jetty.client.HttpClient;
import org.eclipse.jetty.client.ProxyAuthenticationProtocolHandler;
import org.eclipse.jetty.client.Request;
import org.eclipse.jetty.client.WWWAuthenticationProtocolHandler;
import org.eclipse.jetty.client.transport.HttpClientTransportOverHTTP;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.util.SocketAddressResolver;
import org.eclipse.jetty.util.ssl.SslContextFactory;
import org.eclipse.jetty.util.thread.Invocable;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import org.eclipse.jetty.util.thread.ScheduledExecutorScheduler;
import org.eclipse.jetty.websocket.core.Configuration;
import org.eclipse.jetty.websocket.core.client.WebSocketCoreClient;

/**
 * The way out: sends what flows ask for, requests and handshakes of sockets. One connection pool per proxy setting,
 * kept for the life of the process; certificates are verified, redirects are not followed (a key must not travel to
 * another host), cookies are ignored.
 *
 * <p>Where a connection may go is decided at the address it goes to, each time one is made. Behind a proxy it is the
 * proxy that looks names up: only what can be told from the host's text is checked then, and the proxy's own address.
 */
public final class UpstreamClient implements AutoCloseable {
    private static final int MAX_PROXIES = 256;
    private static final int BUFFER = 16 * 1024;

    private final RelayConfig config;
    private final InstantSource clock;
    private final GuardedResolver.Lookup lookup;
    private final Supplier<SslContextFactory.Client> tls;
    private final ChannelAddresses addresses;

    /** Hosts that were found allowed by their text. */
    private final Cache<String, Boolean> checked =
            Caffeine.newBuilder().maximumSize(1_000).build();

    private final QueuedThreadPool threads;
    private final ScheduledExecutorScheduler scheduler = new ScheduledExecutorScheduler("upstream-scheduler", true);
    private final ThreadPoolExecutor lookups = GuardedResolver.threads("upstream-lookup-");
    private final Map<ProxySetting, Way> ways = new ConcurrentHashMap<>();
    private final Configuration.ConfigurationCustomizer socketLimits = new Configuration.ConfigurationCustomizer();

    /** One way out; all share connections' settings, the proxy and the certificates that are trusted. */
    private record Way(HttpClient http, HttpClient handshakes, WebSocketCoreClient sockets) {}

    /** Creates a client; connections are made when needed. */
    public UpstreamClient(RelayConfig config, InstantSource clock) throws Exception {
        this(config, clock, InetAddress::getAllByName, SslContextFactory.Client::new);
    }

    /**
     * Creates a client for tests.
     *
     * @param lookup finds addresses
     * @param tls says whose certificates are trusted
     */
    UpstreamClient(
            RelayConfig config,
            InstantSource clock,
            GuardedResolver.Lookup lookup,
            Supplier<SslContextFactory.Client> tls)
            throws Exception {
        this.config = config;
        this.clock = clock;
        this.lookup = lookup;
        this.tls = tls;
        this.addresses = new ChannelAddresses(config.channelPrivate());
        this.threads = new QueuedThreadPool(64, 4);
        threads.setName("upstream");
        threads.setDaemon(true);
        threads.start();
        scheduler.start();
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

    /**
     * Prepares an exchange; nothing is sent before {@link UpstreamExchange#send()}.
     *
     * @throws AddressRefused when the host must not be asked
     * @throws IllegalArgumentException when the request or the proxy cannot be understood
     */
    UpstreamExchange exchange(
            HttpRequest asked, Egress egress, Redactor redactor, Serial serial, UpstreamExchange.Listener listener) {
        Outgoing outgoing = outgoing(asked, egress, redactor);
        Request request =
                way(egress.proxy()).http().newRequest(outgoing.address()).method(asked.method());
        Body body = asked.body();
        if (body != null) {
            request.body(new ByteBufferRequestContent(body.contentType(), outgoing.body()));
        }
        request.headers(outgoing::addHeaders);
        return new UpstreamExchange(request, serial, threads, listener);
    }

    private Outgoing outgoing(HttpRequest asked, Egress egress, Redactor redactor) {
        Outgoing outgoing = Outgoing.of(asked, egress, redactor, clock.instant());
        String host = String.valueOf(outgoing.address().getHost());
        if (checked.getIfPresent(host) == null) {
            addresses.check(host);
            checked.put(host, true);
        }
        return outgoing;
    }

    /**
     * Prepares the handshake of a socket; nothing is sent before {@link SocketExchange#send()}.
     *
     * @throws AddressRefused when the host must not be asked
     * @throws IllegalArgumentException when the request or the proxy cannot be understood
     */
    SocketExchange dial(HttpRequest asked, Egress egress, Redactor redactor, SocketExchange exchange) {
        Outgoing outgoing = outgoing(asked, egress, redactor);
        WebSocketCoreClient sockets = way(egress.proxy()).sockets();
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
        // Whatever stands beside “none” opens no pool of its own.
        ProxySetting key = proxy.none() ? ProxySetting.NONE : proxy;
        if (!ways.containsKey(key) && ways.size() >= MAX_PROXIES) {
            throw new IllegalStateException("more than " + MAX_PROXIES + " different proxies are in use");
        }
        return ways.computeIfAbsent(key, this::open);
    }

    private Way open(ProxySetting proxy) {
        HttpClient http = client(proxy);
        if (proxy.none()) {
            // Exchanges say themselves what must not hold up the selecting thread. Behind a proxy, the answer to a
            // CONNECT
            // would be seen there before the CONNECT has been noted as sent, which Jetty 12.1.14 does not expect.
            http.getTransport().setInvocationType(Invocable.InvocationType.NON_BLOCKING);
        }
        HttpClient handshakes = client(proxy);
        try {
            start(http);
            start(handshakes);
            WebSocketCoreClient sockets = new WebSocketCoreClient(handshakes, null);
            sockets.start();
            return new Way(http, handshakes, sockets);
        } catch (Exception e) {
            throw new IllegalStateException("the HTTP client could not start", e);
        }
    }

    private static void start(HttpClient client) throws Exception {
        client.start();
        // Keys go out unasked. A refusal without a challenge is ordinary among vendors, and its body tells why.
        client.getProtocolHandlers().remove(WWWAuthenticationProtocolHandler.NAME);
        client.getProtocolHandlers().remove(ProxyAuthenticationProtocolHandler.NAME);
    }

    private HttpClient client(ProxySetting proxy) {
        Optional<ProxySetting.At> hop = proxy.address();
        HttpClient client = new HttpClient(new HttpClientTransportOverHTTP(1));
        client.setByteBufferPool(new OwnViews());
        client.setName("upstream");
        client.setExecutor(threads);
        client.setScheduler(scheduler);
        SslContextFactory.Client trust = tls.get();
        // A certificate must be that of the server's name too.
        trust.setEndpointIdentificationAlgorithm("HTTPS");
        client.setSslContextFactory(trust);
        client.setSocketAddressResolver(resolver(hop.isPresent()));
        client.setConnectTimeout(config.connectTimeout().toMillis());
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
        hop.ifPresent(address -> ProxyHop.add(client, proxy, address));
        return client;
    }

    /** A proxy may be anywhere but at a closed address; whether its place is private is not the channel's matter. */
    private SocketAddressResolver resolver(boolean proxied) {
        ChannelAddresses ruled = proxied ? new ChannelAddresses(true) : addresses;
        GuardedResolver guarded = new GuardedResolver(lookup, ruled::allow, new LookupFailures(ruled), lookups);
        return new PatientResolver(guarded, config.connectTimeout(), scheduler, threads);
    }

    @Override
    public void close() {
        for (Way way : ways.values()) {
            stop(way.sockets()::stop);
            stop(way.handshakes()::stop);
            stop(way.http()::stop);
        }
        lookups.shutdownNow();
        stop(scheduler::stop);
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
