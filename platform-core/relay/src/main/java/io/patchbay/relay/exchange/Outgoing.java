package io.patchbay.relay.exchange;

import io.patchbay.spi.Secret;
import io.patchbay.spi.http.Body;
import io.patchbay.spi.http.HttpRequest;
import io.patchbay.spi.http.Signer;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;

/**
 * A request as it leaves: signed, with its secrets revealed.
 *
 * @param address with all query parameters
 * @param headers in order; a later one of the same name replaces an earlier one
 * @param body the buffers of the body, empty when there is none
 */
record Outgoing(URI address, List<HttpField> headers, List<ByteBuffer> body) {
    /** Signs the request, adds the operator's headers and registers all secrets with the redactor. */
    static Outgoing of(HttpRequest asked, Egress egress, Redactor redactor, Instant now) {
        Body content = asked.body();
        List<ByteBuffer> body = content == null ? List.of() : RequestBodies.buffers(content);
        List<HttpField> headers = new ArrayList<>();
        headers.add(new HttpField(HttpHeader.ACCEPT_ENCODING, "identity"));
        asked.headers().forEach(field -> headers.add(new HttpField(field.name(), reveal(field, redactor))));
        StringBuilder url = new StringBuilder(asked.url());
        asked.query().forEach(field -> append(url, field.name(), reveal(field, redactor)));
        Signer signer = asked.signer();
        if (signer != null) {
            Map<String, String> signed = signer.sign(asked, RequestBodies.sha256(body), now);
            if (asked.querySigned()) {
                signed.forEach((name, value) -> {
                    redactor.sent(Secret.of(value));
                    append(url, name, value);
                });
            } else {
                signed.forEach((name, value) -> headers.add(new HttpField(name, value)));
            }
        }
        URI address = URI.create(url.toString());
        String host = address.getHost();
        if (host != null) {
            redactor.host(host, "channel");
        }
        egress.hideIn(redactor);
        // A signature covers what the plugin said; what the operator says comes on top of it.
        egress.headersFor(address).forEach((name, value) -> headers.add(new HttpField(name, value)));
        return new Outgoing(address, headers, body);
    }

    private static String reveal(HttpRequest.Field field, Redactor redactor) {
        if (field.secret() != null) {
            redactor.sent(field.secret());
        }
        return field.reveal();
    }

    private static void append(StringBuilder url, String name, String value) {
        url.append(url.indexOf("?") < 0 ? '?' : '&')
                .append(URLEncoder.encode(name, StandardCharsets.UTF_8))
                .append('=')
                .append(URLEncoder.encode(value, StandardCharsets.UTF_8));
    }

    /** Adds the headers to those of a request. */
    void addHeaders(HttpFields.Mutable fields) {
        headers.forEach(fields::put);
    }

    /** Returns the host only: the rest holds secrets. */
    @Override
    public String toString() {
        return String.valueOf(address.getHost());
    }
}
