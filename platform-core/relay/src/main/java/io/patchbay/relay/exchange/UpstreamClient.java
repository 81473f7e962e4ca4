package io.patchbay.relay.exchange;

import io.patchbay.foundation.config.RelayConfig;
import io.patchbay.spi.http.Body;
import io.patchbay.spi.http.HttpRequest;
import io.patchbay.spi.http.Signer;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import org.eclipse.jetty.client.BasicAuthentication;
import org.eclipse.jetty.client.ByteBufferRequestContent;
import org.eclipse.jetty.client.HttpClient;
import org.eclipse.jetty.client.HttpProxy;
import org.eclipse.jetty.client.Origin;
import org.eclipse.jetty.client.ProxyConfiguration;
import org.eclipse.jetty.client.Request;
import org.eclipse.jetty.client.Socks5;
import org.eclipse.jetty.client.Socks5Proxy;
import org.eclipse.jetty.client.transport.HttpClientTransportOverHTTP;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.util.thread.QueuedThreadPool;

/**
 * The way out: sends what flows ask for. One connection pool per proxy setting, kept for the life of the process;
 * certificates are verified, redirects are not followed (a key must not travel to another host), cookies are ignored.
 */
public final class UpstreamClient implements AutoCloseable {
    private static final int MAX_PROXIES = 256;

    private final RelayConfig config;
    private final InstantSource clock;
    private final QueuedThreadPool threads;
    private final Map<ProxySetting, HttpClient> clients = new ConcurrentHashMap<>();

    /** Creates a client; connections are made when needed. */
    public UpstreamClient(RelayConfig config, InstantSource clock) throws Exception {
        this.config = config;
        this.clock = clock;
        this.threads = new QueuedThreadPool(64, 4);
        threads.setName("upstream");
        threads.setDaemon(true);
        threads.start();
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
        Request request =
                client(proxy).newRequest(URI.create(address(asked, redactor))).method(asked.method());
        List<ByteBuffer> buffers = List.of();
        Body body = asked.body();
        if (body != null) {
            buffers = RequestBodies.buffers(body);
            request.body(new ByteBufferRequestContent(body.contentType(), buffers));
        }
        request.headers(headers -> {
            headers.put(HttpHeader.ACCEPT_ENCODING, "identity");
            for (HttpRequest.Field field : asked.headers()) {
                if (field.secret() != null) {
                    redactor.secret(field.secret());
                }
                headers.put(new HttpField(field.name(), field.reveal()));
            }
        });
        Signer signer = asked.signer();
        if (signer != null) {
            Map<String, String> signed = signer.sign(asked, RequestBodies.sha256(buffers), clock.instant());
            request.headers(headers -> signed.forEach(headers::put));
        }
        return new UpstreamExchange(request, serial, listener);
    }

    private static String address(HttpRequest asked, Redactor redactor) {
        if (asked.query().isEmpty()) {
            return asked.url();
        }
        StringBuilder url = new StringBuilder(asked.url());
        char separator = asked.url().indexOf('?') < 0 ? '?' : '&';
        for (HttpRequest.Field field : asked.query()) {
            if (field.secret() != null) {
                redactor.secret(field.secret());
            }
            url.append(separator)
                    .append(URLEncoder.encode(field.name(), StandardCharsets.UTF_8))
                    .append('=')
                    .append(URLEncoder.encode(field.reveal(), StandardCharsets.UTF_8));
            separator = '&';
        }
        return url.toString();
    }

    private HttpClient client(ProxySetting proxy) {
        if (!clients.containsKey(proxy) && clients.size() >= MAX_PROXIES) {
            throw new IllegalStateException("more than " + MAX_PROXIES + " different proxies are in use");
        }
        return clients.computeIfAbsent(proxy, this::open);
    }

    private HttpClient open(ProxySetting proxy) {
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
        client.setResponseBufferSize(16 * 1024);
        client.setRequestBufferSize(8 * 1024);
        proxy.address().ifPresent(address -> {
            Origin.Address at = new Origin.Address(address.host(), address.port());
            ProxyConfiguration.Proxy hop;
            if (address.socks()) {
                Socks5Proxy socks = new Socks5Proxy(at, false);
                if (!proxy.username().isEmpty()) {
                    socks.putAuthenticationFactory(new Socks5.UsernamePasswordAuthenticationFactory(
                            proxy.username(), proxy.password().reveal()));
                }
                hop = socks;
            } else {
                hop = new HttpProxy(at, address.secure());
                if (!proxy.username().isEmpty()) {
                    client.getAuthenticationStore()
                            .addAuthenticationResult(new BasicAuthentication.BasicResult(
                                    hop.getURI(),
                                    HttpHeader.PROXY_AUTHORIZATION,
                                    proxy.username(),
                                    proxy.password().reveal()));
                }
            }
            client.getProxyConfiguration().addProxy(hop);
        });
        try {
            client.start();
        } catch (Exception e) {
            throw new IllegalStateException("the HTTP client could not start", e);
        }
        return client;
    }

    @Override
    public void close() {
        for (HttpClient client : clients.values()) {
            stop(client::stop);
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
