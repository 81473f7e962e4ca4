package io.patchbay.plugin.compatible;

import io.patchbay.spi.ChannelView;
import io.patchbay.spi.Secret;
import io.patchbay.spi.http.HttpRequest;
import io.patchbay.toolkit.BaseAddress;
import io.patchbay.toolkit.Endpoints;
import java.util.Map;

/**
 * How a vendor is reached.
 *
 * @param basePath what is put behind an endpoint without a version: {@code /v1}, another path behind a bare host, or
 *     nothing
 * @param paths of the kinds of calls, behind the base
 * @param auth {@code bearer}, {@code none}, {@code header:<name>} or {@code query:<name>}
 * @param headers sent with every request
 * @param optionHeaders sent when the channel sets the option: option to header
 */
record Access(
        String basePath,
        Map<String, String> paths,
        String auth,
        Map<String, String> headers,
        Map<String, String> optionHeaders) {
    static final String KEY = "key";

    /** Begins a POST for a kind of call. */
    HttpRequest.Builder post(ChannelView channel, String kind) {
        return keyed(channel, HttpRequest.post(url(channel.endpoint(), path(kind))));
    }

    /** Begins a GET of a path; one that begins with a slash lies behind the host. */
    HttpRequest.Builder get(ChannelView channel, String path) {
        String url =
                path.startsWith("/") ? BaseAddress.origin(channel.endpoint()) + path : url(channel.endpoint(), path);
        return keyed(channel, HttpRequest.get(url));
    }

    private String path(String kind) {
        return paths.getOrDefault(kind, kind);
    }

    private String url(String endpoint, String path) {
        String address = endpoint.strip();
        if (address.endsWith("#")) {
            return Endpoints.join(address, path);
        }
        String base = address.replaceAll("/+$", "");
        // Operators paste the address of a call; the profile's own paths are not all known to everybody.
        for (String pasted : paths.values()) {
            base = base.endsWith("/" + pasted) ? base.substring(0, base.length() - pasted.length() - 1) : base;
        }
        if (basePath.isEmpty()) {
            return base + "/" + path;
        }
        return Endpoints.join(basePath.equals("/v1") ? base : BaseAddress.of(base, basePath), path);
    }

    private HttpRequest.Builder keyed(ChannelView channel, HttpRequest.Builder request) {
        if (!auth.equals("none")) {
            key(channel.secret(KEY), request);
        }
        headers.forEach(request::header);
        optionHeaders.forEach((option, header) -> {
            String value = channel.option(option).strip();
            if (!value.isEmpty()) {
                request.header(header, value);
            }
        });
        return request;
    }

    private void key(Secret key, HttpRequest.Builder request) {
        if (key.isEmpty()) {
            return;
        }
        String name = auth.substring(auth.indexOf(':') + 1);
        if (auth.startsWith("header:")) {
            request.header(name, key);
        } else if (auth.startsWith("query:")) {
            request.query(name, key);
        } else {
            request.header("Authorization", key.prefixed("Bearer "));
        }
    }
}
