package io.patchbay.relay.exchange;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.eclipse.jetty.client.Authentication;
import org.eclipse.jetty.client.Connection;
import org.eclipse.jetty.client.HttpClient;
import org.eclipse.jetty.client.HttpProxy;
import org.eclipse.jetty.client.Origin;
import org.eclipse.jetty.client.ProxyConfiguration;
import org.eclipse.jetty.client.Request;
import org.eclipse.jetty.client.Socks5;
import org.eclipse.jetty.client.Socks5Proxy;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpScheme;
import org.eclipse.jetty.io.ClientConnectionFactory;
import org.eclipse.jetty.util.Promise;

/**
 * Leads a client through a proxy: HTTP with TLS to the proxy or without, or SOCKS5. The proxy finds the upstream's
 * address. What goes wrong at the proxy is told as {@link ProxyFailure}.
 */
final class ProxyHop {
    private ProxyHop() {}

    /** Has everything the client sends go through the proxy at that address. */
    static void add(HttpClient client, ProxySetting setting, ProxySetting.At address) {
        Origin.Address at = new Origin.Address(address.host(), address.port());
        client.getProxyConfiguration()
                .addProxy(address.socks() ? socks(at, setting) : http(client, at, setting, address));
    }

    private static ProxyConfiguration.Proxy socks(Origin.Address at, ProxySetting setting) {
        Socks5Proxy socks = new SocksHop(at);
        if (!setting.username().isEmpty()) {
            socks.putAuthenticationFactory(new Socks5.UsernamePasswordAuthenticationFactory(
                    setting.username(), setting.password().reveal(), StandardCharsets.UTF_8));
        }
        return socks;
    }

    private static ProxyConfiguration.Proxy http(
            HttpClient client, Origin.Address at, ProxySetting setting, ProxySetting.At address) {
        HttpProxy proxy = new HttpHop(at, address.secure());
        if (!setting.username().isEmpty()) {
            client.getAuthenticationStore().addAuthenticationResult(new Credentials(proxy.getURI(), setting));
        }
        return proxy;
    }

    /** Opens a tunnel for plain sockets too, as RFC 6455 demands: proxies do not pass on an upgrade. */
    private static final class HttpHop extends HttpProxy {
        HttpHop(Origin.Address at, boolean secure) {
            super(at, secure);
        }

        @Override
        public boolean requiresTunnel(Origin server) {
            return HttpScheme.WS.is(server.getScheme()) || super.requiresTunnel(server);
        }

        @Override
        public ClientConnectionFactory newClientConnectionFactory(ClientConnectionFactory upstream) {
            return told(super.newClientConnectionFactory(upstream));
        }
    }

    private static final class SocksHop extends Socks5Proxy {
        SocksHop(Origin.Address at) {
            super(at, false);
        }

        @Override
        public ClientConnectionFactory newClientConnectionFactory(ClientConnectionFactory upstream) {
            return told(super.newClientConnectionFactory(upstream));
        }
    }

    /** Has failures of connections that do not stand yet told as the proxy's. */
    private static ClientConnectionFactory told(ClientConnectionFactory hop) {
        return (endPoint, context) -> {
            context.compute(Connection.PROMISE_CONTEXT_KEY, (key, promise) -> promise == null ? null : told(promise));
            return hop.newConnection(endPoint, context);
        };
    }

    @SuppressWarnings("unchecked")
    private static Promise<Connection> told(Object promise) {
        return new Promise.Wrapper<>((Promise<Connection>) promise) {
            @Override
            public void failed(Throwable cause) {
                super.failed(ProxyFailure.of(cause));
            }
        };
    }

    /** The header with user name and password, in UTF-8, which Jetty's own does not speak. */
    private record Credentials(URI uri, ProxySetting setting) implements Authentication.Result {
        @Override
        public URI getURI() {
            return uri;
        }

        @Override
        public void apply(Request request) {
            String both = setting.username() + ":" + setting.password().reveal();
            String basic = "Basic " + Base64.getEncoder().encodeToString(both.getBytes(StandardCharsets.UTF_8));
            request.headers(headers -> headers.put(HttpHeader.PROXY_AUTHORIZATION, basic));
        }

        /** Returns nothing of the address. */
        @Override
        public String toString() {
            return "Credentials";
        }
    }
}
