package io.patchbay.relay.exchange;

import org.eclipse.jetty.client.BasicAuthentication;
import org.eclipse.jetty.client.HttpClient;
import org.eclipse.jetty.client.HttpProxy;
import org.eclipse.jetty.client.Origin;
import org.eclipse.jetty.client.ProxyConfiguration;
import org.eclipse.jetty.client.Socks5;
import org.eclipse.jetty.client.Socks5Proxy;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpScheme;

/** Leads a client through a proxy. */
final class ProxyHop {
    private ProxyHop() {}

    /** Has everything the client sends go through the proxy at that address. */
    static void add(HttpClient client, ProxySetting setting, ProxySetting.At address) {
        Origin.Address at = new Origin.Address(address.host(), address.port());
        client.getProxyConfiguration()
                .addProxy(address.socks() ? socks(at, setting) : http(client, at, setting, address));
    }

    private static ProxyConfiguration.Proxy socks(Origin.Address at, ProxySetting setting) {
        Socks5Proxy socks = new Socks5Proxy(at, false);
        if (!setting.username().isEmpty()) {
            socks.putAuthenticationFactory(new Socks5.UsernamePasswordAuthenticationFactory(
                    setting.username(), setting.password().reveal()));
        }
        return socks;
    }

    private static ProxyConfiguration.Proxy http(
            HttpClient client, Origin.Address at, ProxySetting setting, ProxySetting.At address) {
        HttpProxy proxy = new TunnellingProxy(at, address.secure());
        if (!setting.username().isEmpty()) {
            client.getAuthenticationStore()
                    .addAuthenticationResult(new BasicAuthentication.BasicResult(
                            proxy.getURI(),
                            HttpHeader.PROXY_AUTHORIZATION,
                            setting.username(),
                            setting.password().reveal()));
        }
        return proxy;
    }

    /** Opens a tunnel for plain sockets too, as RFC 6455 demands: proxies do not pass on an upgrade. */
    private static final class TunnellingProxy extends HttpProxy {
        TunnellingProxy(Origin.Address at, boolean secure) {
            super(at, secure);
        }

        @Override
        public boolean requiresTunnel(Origin server) {
            return HttpScheme.WS.is(server.getScheme()) || super.requiresTunnel(server);
        }
    }
}
