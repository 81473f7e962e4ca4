package io.patchbay.relay.exchange;

import io.patchbay.relay.address.Server;
import io.patchbay.spi.Secret;
import java.net.URI;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * How the requests of one channel leave. Immutable.
 *
 * <p>The operator's headers are put last, after a signature has been made, and replace those of the same name in any
 * case; handshakes of WebSockets carry them too. They go to the server of the endpoint only: same host, same port, and
 * not without TLS when the endpoint has it. A flow that asks another server, such as one that mints tokens, asks it
 * without them, because they may hold a credential the other server has no business with. A channel whose endpoint
 * names no server (the seed writes other things into that field for some types) sends them nowhere; where a type derives
 * the server from a region or a part of the key, the operator names that server in the endpoint to have them sent.
 *
 * @param proxy the way out
 * @param headers the operator's headers by name
 * @param endpoint the address of the upstream the headers are meant for; empty when there is none
 */
public record Egress(ProxySetting proxy, Map<String, String> headers, String endpoint) {
    /** No proxy and no headers. */
    public static final Egress DIRECT = through(ProxySetting.NONE);

    /** Shorter values of headers are no secrets, and would blank out ordinary words. */
    private static final int SHORTEST_SECRET = 8;

    public Egress {
        headers = Map.copyOf(headers);
    }

    /** Returns a way out without headers of the operator. */
    public static Egress through(ProxySetting proxy) {
        return new Egress(proxy, Map.of(), "");
    }

    /** Returns the headers to add to a request of that address. */
    Map<String, String> headersFor(URI address) {
        return keepsBack(address.toString()) ? Map.of() : headers;
    }

    /** Returns whether there are headers that a request of that address does not get. */
    boolean keepsBack(String address) {
        if (headers.isEmpty()) {
            return false;
        }
        Optional<Server> home = Server.of(endpoint);
        Optional<Server> asked = Server.of(address);
        return home.isEmpty() || asked.isEmpty() || !asked.get().mayHearWhatIsFor(home.get());
    }

    /** Has the redactor keep the values of the headers, and the proxy with its credentials, out of texts. */
    public void hideIn(Redactor redactor) {
        headers.forEach((name, value) -> {
            if (value.length() >= SHORTEST_SECRET) {
                redactor.secret(Secret.of(value));
            }
            if (isCredential(name)) {
                // "Basic abc", "session=abc; theme=dark": what is quoted back may be the value alone.
                for (String part : value.split("[\\s;,=]+")) {
                    if (part.length() >= SHORTEST_SECRET) {
                        redactor.secret(Secret.of(part));
                    }
                }
            }
        });
        if (!proxy.none()) {
            redactor.secret(proxy.password());
            if (proxy.username().length() >= SHORTEST_SECRET) {
                redactor.secret(Secret.of(proxy.username()));
            }
            hideProxy(redactor);
        }
    }

    private void hideProxy(Redactor redactor) {
        try {
            proxy.address().ifPresent(at -> redactor.host(at.host(), "proxy"));
        } catch (IllegalArgumentException e) {
            // The client will find the same mistake and say so.
            return;
        }
    }

    /** Returns whether a header of that name usually holds a credential. */
    public static boolean isCredential(String header) {
        String name = header.toLowerCase(Locale.ROOT);
        return name.endsWith("key")
                || name.contains("auth")
                || name.contains("token")
                || name.contains("secret")
                || name.contains("cookie")
                || name.contains("password")
                || name.contains("credential");
    }

    /** Returns the names of the headers only. */
    @Override
    public String toString() {
        return "Egress[" + proxy + ", headers=" + headers.keySet() + "]";
    }
}
