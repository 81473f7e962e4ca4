package io.patchbay.toolkit.sign;

import io.patchbay.spi.http.Body;
import io.patchbay.spi.http.HttpRequest;
import java.net.URI;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** What signature schemes read of a request, as it will stand on the wire. */
final class SignedRequest {
    private final HttpRequest request;
    private final URI uri;

    SignedRequest(HttpRequest request) {
        this.request = request;
        this.uri = URI.create(request.url());
    }

    /** Returns the value of the Host header: a port is named unless it is the scheme's own. */
    String host() {
        String host = uri.getHost().toLowerCase(Locale.ROOT);
        boolean usual = uri.getPort() < 0 || uri.getPort() == ("https".equals(uri.getScheme()) ? 443 : 80);
        return usual ? host : host + ":" + uri.getPort();
    }

    /** Returns the path as it is sent. */
    String path() {
        String path = uri.getRawPath();
        return path == null || path.isEmpty() ? "/" : path;
    }

    /** Returns all query parameters, encoded by RFC 3986 and sorted. */
    String query() {
        List<String> pairs = new ArrayList<>();
        String written = uri.getRawQuery();
        if (written != null && !written.isEmpty()) {
            for (String pair : written.split("&")) {
                int mark = pair.indexOf('=');
                String name = mark < 0 ? pair : pair.substring(0, mark);
                String value = mark < 0 ? "" : pair.substring(mark + 1);
                pairs.add(pair(decoded(name), decoded(value)));
            }
        }
        for (HttpRequest.Field field : request.query()) {
            pairs.add(pair(field.name(), field.reveal()));
        }
        pairs.sort(null);
        return String.join("&", pairs);
    }

    /** Returns the value of a header, empty when it is not sent; the content type is the body's. */
    String header(String name) {
        for (HttpRequest.Field field : request.headers()) {
            if (field.name().equalsIgnoreCase(name)) {
                return field.reveal().strip();
            }
        }
        Body body = request.body();
        return body != null && name.equalsIgnoreCase("content-type") ? body.contentType() : "";
    }

    private static String pair(String name, String value) {
        return encoded(name) + "=" + encoded(value);
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8)
                .replace("+", "%20")
                .replace("*", "%2A")
                .replace("%7E", "~");
    }

    private static String decoded(String text) {
        return URLDecoder.decode(text, StandardCharsets.UTF_8);
    }
}
