package io.patchbay.spi.http;

import io.patchbay.spi.Secret;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.osgi.annotation.versioning.ProviderType;

/** A request to an upstream. Immutable; the host sends it. */
@ProviderType
public final class HttpRequest {
    private static final Set<String> SCHEMES = Set.of("http", "https", "ws", "wss");

    private final String method;
    private final String url;
    private final List<Field> headers;
    private final List<Field> query;
    private final @Nullable Body body;
    private final @Nullable Signer signer;
    private final boolean querySigned;
    private final boolean creating;
    private final @Nullable Duration silence;

    private HttpRequest(Builder builder) {
        this.method = builder.method;
        this.url = builder.url;
        this.headers = List.copyOf(builder.headers);
        this.query = List.copyOf(builder.query);
        this.body = builder.body;
        this.signer = builder.signer;
        this.querySigned = builder.querySigned;
        this.creating = builder.creating;
        this.silence = builder.silence;
    }

    /**
     * A header or query parameter.
     *
     * @param value plain text, or {@code null} when {@code secret} holds it
     */
    public record Field(
            String name, @Nullable String value, @Nullable Secret secret) {
        /** Returns the value to send. */
        public String reveal() {
            return secret != null ? secret.reveal() : Objects.requireNonNullElse(value, "");
        }
    }

    /** Begins a GET of an absolute http or https address, or the handshake of a ws or wss one. */
    public static Builder get(String url) {
        return new Builder("GET", url);
    }

    /** Begins a POST. */
    public static Builder post(String url) {
        return new Builder("POST", url);
    }

    /** Begins a PUT. */
    public static Builder put(String url) {
        return new Builder("PUT", url);
    }

    /** Begins a DELETE. */
    public static Builder delete(String url) {
        return new Builder("DELETE", url);
    }

    /** Returns the method in upper case. */
    public String method() {
        return method;
    }

    /** Returns the address without the parameters of {@link #query()}. */
    public String url() {
        return url;
    }

    /** Returns the headers in order. */
    public List<Field> headers() {
        return headers;
    }

    /** Returns the query parameters to append, unencoded. */
    public List<Field> query() {
        return query;
    }

    /** Returns the body. */
    public @Nullable Body body() {
        return body;
    }

    /** Returns who signs. */
    public @Nullable Signer signer() {
        return signer;
    }

    /** Returns whether the signer's result is appended to the query instead of the headers. */
    public boolean querySigned() {
        return querySigned;
    }

    /** Returns whether this starts paid work, so that it is never repeated once bytes were sent. */
    public boolean creating() {
        return creating;
    }

    /** Returns how long the upstream may be silent, or {@code null} for the host's usual limit. */
    public @Nullable Duration silence() {
        return silence;
    }

    /** Returns method and host only. */
    @Override
    public String toString() {
        return method + " " + URI.create(url).getHost();
    }

    /** Collects a request; not safe for use by several threads. */
    public static final class Builder {
        private final String method;
        private final String url;
        private final List<Field> headers = new ArrayList<>();
        private final List<Field> query = new ArrayList<>();
        private @Nullable Body body;
        private @Nullable Signer signer;
        private boolean querySigned;
        private boolean creating;
        private @Nullable Duration silence;

        private Builder(String method, String url) {
            this.method = method;
            this.url = Objects.requireNonNull(url, "url is null");
        }

        /** Adds a header. */
        public Builder header(String name, String value) {
            headers.add(new Field(name, value, null));
            return this;
        }

        /** Adds a header whose value is a secret. */
        public Builder header(String name, Secret value) {
            headers.add(new Field(name, null, value));
            return this;
        }

        /** Adds a query parameter. */
        public Builder query(String name, String value) {
            query.add(new Field(name, value, null));
            return this;
        }

        /** Adds a query parameter whose value is a secret. */
        public Builder query(String name, Secret value) {
            query.add(new Field(name, null, value));
            return this;
        }

        /** Sets the body. */
        public Builder body(Body value) {
            this.body = value;
            return this;
        }

        /** Has the request signed at send time, by headers. */
        public Builder signed(Signer value) {
            this.signer = value;
            this.querySigned = false;
            return this;
        }

        /** Has the request signed at send time, by query parameters; their values count as secrets. */
        public Builder querySigned(Signer value) {
            this.signer = value;
            this.querySigned = true;
            return this;
        }

        /** Marks paid work that must not be started twice. */
        public Builder creating() {
            this.creating = true;
            return this;
        }

        /** Sets how long the upstream may be silent. */
        public Builder silence(Duration value) {
            this.silence = value;
            return this;
        }

        /**
         * Returns the request.
         *
         * @throws IllegalArgumentException when the address is no absolute http, https, ws or wss URL
         */
        public HttpRequest build() {
            URI uri = URI.create(url);
            if (uri.getHost() == null || uri.getScheme() == null || !SCHEMES.contains(uri.getScheme())) {
                throw new IllegalArgumentException("expected an absolute http, https, ws or wss URL with a host");
            }
            return new HttpRequest(this);
        }
    }
}
