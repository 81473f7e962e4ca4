package io.patchbay.plugin.sparkdesk;

import io.patchbay.spi.ChannelView;
import io.patchbay.spi.Secret;
import io.patchbay.spi.http.HttpRequest;
import io.patchbay.spi.http.Signer;
import io.patchbay.toolkit.sign.Hmac;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Map;

/** Signs the address of a socket: host, date and request line, by HMAC-SHA256 (sparkdesk page, read 2026-11). */
record Handshake(Secret apiSecret, Secret apiKey) implements Signer {
    /** The day of the month needs two digits here, which the JDK's own RFC 1123 form does not give. */
    private static final DateTimeFormatter DATE = DateTimeFormatter.ofPattern(
                    "EEE, dd MMM yyyy HH:mm:ss 'GMT'", Locale.US)
            .withZone(ZoneOffset.UTC);

    static HttpRequest.Builder to(String address, ChannelView channel) {
        return HttpRequest.get(address)
                .querySigned(new Handshake(channel.secret("apiSecret"), channel.secret("apiKey")));
    }

    @Override
    public Map<String, String> sign(HttpRequest request, String bodySha256, Instant now) {
        URI uri = URI.create(request.url());
        String host = uri.getPort() < 0 ? uri.getHost() : uri.getHost() + ":" + uri.getPort();
        String date = DATE.format(now);
        String toSign = "host: " + host + "\ndate: " + date + "\nGET " + uri.getRawPath() + " HTTP/1.1";
        String signature = Hmac.base64(Hmac.sha256(apiSecret.reveal(), toSign));
        String origin = "api_key=\"" + apiKey.reveal()
                + "\", algorithm=\"hmac-sha256\", headers=\"host date request-line\", signature=\"" + signature + "\"";
        return Map.of(
                "authorization", Hmac.base64(origin.getBytes(StandardCharsets.UTF_8)), "date", date, "host", host);
    }
}
