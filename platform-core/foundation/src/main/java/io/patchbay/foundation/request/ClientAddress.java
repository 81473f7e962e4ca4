package io.patchbay.foundation.request;

import java.net.InetAddress;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Finds the address of the client behind trusted proxies.
 *
 * <p>{@code X-Forwarded-For} is read from the right: each proxy appends the address it saw, so the right-most address
 * that is not a trusted proxy is the client, and whatever stands to the left of it was written by the client itself. A
 * peer that is not trusted is the client, whatever its headers say. Immutable.
 */
public final class ClientAddress {
    private final List<Network> trusted;

    /**
     * Trusts the given proxies.
     *
     * @param trustedProxies addresses ({@code 10.0.0.7}, {@code ::1}) and networks ({@code 10.0.0.0/8}); may be empty
     * @throws IllegalArgumentException when an entry is neither
     */
    public ClientAddress(List<String> trustedProxies) {
        this.trusted = trustedProxies.stream()
                .map(text -> Network.parse(text)
                        .orElseThrow(() -> new IllegalArgumentException("not an address or network: " + text)))
                .toList();
    }

    /** Returns whether a text is an address or a network in CIDR notation. */
    public static boolean isNetwork(String text) {
        return Network.parse(text).isPresent();
    }

    /**
     * Returns the client's address in canonical form.
     *
     * @param peer the address of the other end of the connection
     * @param forwardedFor the values of all {@code X-Forwarded-For} headers, in order
     */
    public String resolve(String peer, List<String> forwardedFor) {
        Optional<InetAddress> nearest = Network.address(peer);
        if (nearest.isEmpty()) {
            return peer;
        }
        InetAddress client = nearest.get();
        List<String> hops = forwardedFor.stream()
                .flatMap(value -> Stream.of(value.split(",")))
                .map(String::trim)
                .toList();
        for (int index = hops.size() - 1; index >= 0 && isTrusted(client); index--) {
            Optional<InetAddress> hop = Network.address(hops.get(index));
            if (hop.isEmpty()) {
                break;
            }
            client = hop.get();
        }
        return client.getHostAddress();
    }

    /** Returns the client's address, from one header value or none. */
    public String resolve(String peer, @Nullable String forwardedFor) {
        return resolve(peer, forwardedFor == null ? List.of() : List.of(forwardedFor));
    }

    /**
     * Returns what limits should be counted by: the address itself for IPv4, its /64 network for IPv6, because one
     * customer owns all addresses of such a network.
     */
    public static String limitKey(String address) {
        return Network.address(address)
                .filter(parsed -> parsed.getAddress().length == 16)
                .map(parsed -> Network.prefix(parsed, 64).getHostAddress() + "/64")
                .orElse(address);
    }

    /** Returns whether a peer is one of the trusted proxies. */
    public boolean isTrusted(String peer) {
        return Network.address(peer).filter(this::isTrusted).isPresent();
    }

    private boolean isTrusted(InetAddress address) {
        return trusted.stream().anyMatch(network -> network.contains(address));
    }
}
