package io.patchbay.relay.exchange;

import io.patchbay.spi.Secret;
import java.net.URI;
import java.util.Optional;

/**
 * How a channel reaches its upstream, in the seed's numbering.
 *
 * @param type 0 none, 1 http, 2 https, 3 socks5
 * @param proxy a URL for types 1 and 2, {@code host:port} for type 3
 */
public record ProxySetting(int type, String proxy, String username, Secret password) {
    public static final ProxySetting NONE = new ProxySetting(0, "", "", Secret.of(""));

    /** Where the proxy listens. */
    record At(String host, int port, boolean secure, boolean socks) {}

    /**
     * Returns where the proxy listens; empty for a direct connection.
     *
     * @throws IllegalArgumentException when the setting cannot be understood
     */
    Optional<At> address() {
        if (type == 0 || proxy.isBlank()) {
            return Optional.empty();
        }
        String text = proxy.trim();
        String scheme = type == 3 ? "socks5" : type == 2 ? "https" : "http";
        URI uri = URI.create(text.contains("://") ? text : scheme + "://" + text);
        if (uri.getHost() == null) {
            throw new IllegalArgumentException("the proxy must be a URL or host:port");
        }
        boolean secure = "https".equalsIgnoreCase(uri.getScheme());
        int port = uri.getPort() > 0 ? uri.getPort() : type == 3 ? 1080 : secure ? 443 : 80;
        return Optional.of(new At(uri.getHost(), port, secure, type == 3));
    }

    /**
     * Checks the setting.
     *
     * @throws IllegalArgumentException with a sentence when it cannot be used
     */
    public void check() {
        if (type < 0 || type > 3) {
            throw new IllegalArgumentException(
                    "proxy_type is 0 (none), 1 (http), 2 (https) or 3 (socks5), found " + type);
        }
        address();
    }
}
