package io.patchbay.relay.exchange;

import java.io.IOException;
import java.nio.channels.WritePendingException;
import java.util.Locale;
import javax.net.ssl.SSLException;
import org.eclipse.jetty.client.HttpResponseException;

/**
 * The proxy of a channel did not let a request through; the upstream has not seen a byte of it. The message is a
 * sentence without the proxy's address and credentials.
 */
final class ProxyFailure extends IOException {
    private static final long serialVersionUID = 1L;
    private static final int CREDENTIALS_WANTED = 407;

    private final boolean operators;

    private ProxyFailure(String sentence, boolean operators) {
        super(sentence);
        this.operators = operators;
    }

    /** Returns whether only the operator can mend it. */
    boolean operators() {
        return operators;
    }

    /** Returns whether an answer's status comes from a proxy, whoever was asked. */
    static boolean is(int status) {
        return status == CREDENTIALS_WANTED;
    }

    /** The proxy wants a user name and a password, or others than it was told. */
    static ProxyFailure credentials() {
        return new ProxyFailure(
                "A proxy on the way to the upstream wants a user name and a password, or others than it is told. "
                        + "Correct the proxy of the channel.",
                true);
    }

    /** The proxy cannot be reached at all. */
    static ProxyFailure unreachable(Throwable cause) {
        return new ProxyFailure(
                "the proxy of the channel could not be reached ("
                        + cause.getClass().getSimpleName() + ")",
                false);
    }

    /** Returns what it means that a connection through the proxy failed before it stood. */
    static Throwable of(Throwable cause) {
        if (cause instanceof ProxyFailure || cause instanceof WritePendingException) {
            // The latter is no word of the proxy; it came so early that Jetty was still writing.
            return cause;
        }
        if (cause instanceof HttpResponseException refused) {
            return answered(refused.getResponse().getStatus());
        }
        if (cause instanceof SSLException) {
            return unreachable(cause);
        }
        String words = String.valueOf(cause.getMessage()).toLowerCase(Locale.ROOT);
        if (words.contains("authentication")) {
            return credentials();
        }
        if (words.contains("not allowed")) {
            return forbidden("");
        }
        return new ProxyFailure("the proxy of the channel could not reach the upstream (" + reason(cause) + ")", false);
    }

    private static ProxyFailure answered(int status) {
        if (is(status)) {
            return credentials();
        }
        String told = " (status " + status + ")";
        return status == 403 || status == 405
                ? forbidden(told)
                : new ProxyFailure("the proxy of the channel could not reach the upstream" + told, false);
    }

    private static ProxyFailure forbidden(String told) {
        return new ProxyFailure(
                "The proxy of the channel does not connect to this upstream" + told
                        + ". Allow it there, or correct the proxy of the channel.",
                true);
    }

    /** Jetty's words for the answers of SOCKS5 name no address. */
    private static String reason(Throwable cause) {
        String words = String.valueOf(cause.getMessage());
        return words.startsWith("SOCKS5 ") ? words : cause.getClass().getSimpleName();
    }
}
