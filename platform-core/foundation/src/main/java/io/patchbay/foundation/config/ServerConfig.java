package io.patchbay.foundation.config;

import io.patchbay.foundation.request.ClientAddress;
import java.time.Duration;
import java.util.List;
import java.util.Locale;

/**
 * How the server listens.
 *
 * @param port 0 to 65535; 0 picks a free one
 * @param host the address to bind
 * @param serveStatic whether the web application is served and routes live under {@code /api}
 * @param allowOrigins host names (with a port when one was given, lower-case, without scheme) that may call from a
 *     browser; empty allows all
 * @param maxRequestBytes the largest request body
 * @param drainTimeout how long a stopping server waits for answers in progress
 * @param trustedProxies addresses and networks whose {@code X-Forwarded-For} is believed
 * @param publicUrl the address of this site as upstreams and clients know it, for example {@code https://ai.example.com},
 *     without a slash at the end; empty when it is not known
 */
public record ServerConfig(
        int port,
        String host,
        boolean serveStatic,
        List<String> allowOrigins,
        long maxRequestBytes,
        Duration drainTimeout,
        List<String> trustedProxies,
        String publicUrl) {
    private static final long MIB = 1L << 20;

    public ServerConfig {
        allowOrigins = List.copyOf(allowOrigins);
        trustedProxies = List.copyOf(trustedProxies);
    }

    static ServerConfig from(ConfigSource source) {
        List<String> proxies = source.list("server.trusted_proxies");
        for (String proxy : proxies) {
            if (!ClientAddress.isNetwork(proxy)) {
                source.complain(
                        "server.trusted_proxies",
                        "expected addresses or networks such as 10.0.0.0/8, found \"" + proxy + "\"");
            }
        }
        return new ServerConfig(
                source.integer("server.port", 8094, 0, 65_535),
                source.text("server.host", "0.0.0.0"),
                source.flag("serve_static", true),
                source.list("allow_origins").stream()
                        .map(ServerConfig::hostOf)
                        .filter(host -> !host.isEmpty())
                        .distinct()
                        .toList(),
                source.bytes("server.max_request_bytes", 32 * MIB, 1_024, 1_024 * MIB),
                source.duration("server.drain_timeout", Duration.ofSeconds(30), Duration.ZERO, Duration.ofHours(1)),
                proxies,
                publicUrl(source));
    }

    /** Takes the address with or without {@code /api} at its end, because the original product wants it with. */
    private static String publicUrl(ConfigSource source) {
        String key = "server.public_url";
        String value = source.text(key, "").replaceAll("/+$", "").replaceAll("/api$", "");
        if (!value.isEmpty() && !value.matches("(?i)https?://[^/?#\\s]+(/[^?#\\s]*)?")) {
            source.complain(key, "expected an address such as https://ai.example.com, found \"" + value + "\"");
        }
        return value;
    }

    /** Reduces {@code https://Example.com/path} to {@code example.com}, so that both spellings mean the same. */
    private static String hostOf(String origin) {
        String rest = origin.toLowerCase(Locale.ROOT);
        int scheme = rest.indexOf("://");
        if (scheme >= 0) {
            rest = rest.substring(scheme + 3);
        }
        int path = rest.indexOf('/');
        return path >= 0 ? rest.substring(0, path) : rest;
    }
}
