package io.patchbay.relay.exchange;

import io.patchbay.relay.address.AddressRefused;
import io.patchbay.spi.Fault;
import io.patchbay.spi.FaultKind;
import io.patchbay.spi.http.HttpRequest;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.nio.channels.UnresolvedAddressException;
import javax.net.ssl.SSLHandshakeException;

/**
 * What it means that the network failed. No text holds an address.
 *
 * @param proxied whether a proxy is on the way
 * @param secured whether the proxy is spoken to with TLS
 */
record NetworkFaults(boolean proxied, boolean secured) {
    /** Returns the meanings for that way out. */
    static NetworkFaults of(ProxySetting proxy) {
        try {
            return proxy.address()
                    .map(at -> new NetworkFaults(true, at.secure()))
                    .orElse(new NetworkFaults(false, false));
        } catch (IllegalArgumentException e) {
            // Nothing will leave; the client finds the same mistake and says so.
            return new NetworkFaults(false, false);
        }
    }

    /** Returns what a broken connection means. */
    Fault broken(Throwable failure, boolean answered, HttpRequest request) {
        Throwable cause = hop(failure, isTunnelled(request));
        if (request.creating() && (answered || !isUnsent(cause))) {
            return unknown("the connection broke");
        }
        return answered ? network(FaultKind.TRUNCATED, "the upstream cut its answer off", cause) : unreachable(cause);
    }

    /** Returns what it means that no connection came about. */
    Fault unreachable(Throwable failure) {
        return told("the upstream could not be reached", hop(failure, true));
    }

    /** Returns what it means that a whole answer did not come. */
    Fault unanswered(Throwable failure, HttpRequest request) {
        return told("the upstream could not be reached or cut its answer off", hop(failure, isTunnelled(request)));
    }

    private static Fault told(String what, Throwable cause) {
        if (cause instanceof AddressRefused refused) {
            return Fault.builder(FaultKind.CONFIG, String.valueOf(refused.getMessage()))
                    .sub("address")
                    .build();
        }
        if (cause instanceof ProxyFailure proxy) {
            return Fault.builder(
                            proxy.operators() ? FaultKind.CONFIG : FaultKind.RETRY, String.valueOf(proxy.getMessage()))
                    .sub(proxy.operators() ? "proxy" : "network")
                    .build();
        }
        return network(FaultKind.RETRY, what, cause);
    }

    /** Returns what it means that paid work may or may not have been started. */
    static Fault unknown(String how) {
        return Fault.of(FaultKind.UNKNOWN_OUTCOME, how + ", and the upstream may have started the work");
    }

    /** Only the address of a plain request is said to the proxy itself; all others go through a tunnel. */
    private static boolean isTunnelled(HttpRequest request) {
        return !request.url().startsWith("http:");
    }

    /** Whoever is connected to first is the proxy, if there is one. */
    private Throwable hop(Throwable failure, boolean tunnelled) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof AddressRefused || cause instanceof ProxyFailure) {
                return cause;
            }
        }
        boolean proxys = isNoConnection(failure) || (secured && !tunnelled && failure instanceof SSLHandshakeException);
        return proxied && proxys ? ProxyFailure.unreachable(failure) : failure;
    }

    /** Returns whether not a byte of the request can have reached the upstream. */
    private static boolean isUnsent(Throwable cause) {
        return isNoConnection(cause)
                || cause instanceof SSLHandshakeException
                || cause instanceof AddressRefused
                || cause instanceof ProxyFailure;
    }

    private static boolean isNoConnection(Throwable cause) {
        return cause instanceof ConnectException
                || cause instanceof UnknownHostException
                || cause instanceof NoRouteToHostException
                || cause instanceof SocketTimeoutException
                || cause instanceof UnresolvedAddressException;
    }

    private static Fault network(FaultKind kind, String what, Throwable cause) {
        return Fault.builder(kind, what + " (" + cause.getClass().getSimpleName() + ")")
                .sub("network")
                .build();
    }
}
