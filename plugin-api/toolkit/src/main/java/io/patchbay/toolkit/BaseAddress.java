package io.patchbay.toolkit;

import java.net.URI;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The address of a vendor's API, completed where an operator wrote the host only. */
public final class BaseAddress {
    private BaseAddress() {}

    /**
     * Returns the endpoint with that path behind it when it has none of its own, for {@link Endpoints#join}.
     *
     * @param endpoint what the operator wrote; one that is no address, or ends in {@code #}, is returned as it is
     * @param path such as {@code /api/v3}
     */
    public static String of(String endpoint, String path) {
        String address = endpoint.strip();
        URI uri = uri(address);
        if (uri == null || uri.getRawPath() == null || address.endsWith("#")) {
            return address;
        }
        boolean bare = uri.getRawPath().isEmpty() || uri.getRawPath().equals("/");
        return bare && uri.getRawQuery() == null ? origin(address) + path : address;
    }

    /** Returns scheme, host and port of an endpoint, or the endpoint as it is when it is no address. */
    public static String origin(String endpoint) {
        String address = endpoint.strip();
        URI uri = uri(address);
        return uri == null || uri.getScheme() == null || uri.getRawAuthority() == null
                ? address
                : uri.getScheme() + "://" + uri.getRawAuthority();
    }

    /** Returns the host of an endpoint in lower case, empty when it is no address. */
    public static String host(String endpoint) {
        URI uri = uri(endpoint.strip());
        return uri == null || uri.getHost() == null ? "" : uri.getHost().toLowerCase(Locale.ROOT);
    }

    private static @Nullable URI uri(String address) {
        try {
            return URI.create(address);
        } catch (IllegalArgumentException e) {
            return null;
        }
    }
}
