package io.patchbay.relay.address;

import java.net.InetAddress;
import java.util.List;

/**
 * Where upstreams of channels may be. An operator may name a server of this network, such as a local model server,
 * unless the site forbids it; addresses of {@link ClosedAddresses} are refused in any case.
 *
 * @param inside whether private addresses are allowed
 */
public record ChannelAddresses(boolean inside) {
    /** Returns whether a connection may go there. */
    public boolean allow(InetAddress address) {
        return !ClosedAddresses.contain(address) && (inside || PublicAddresses.contain(address));
    }

    /** Returns why a server is not asked of which every address was refused. */
    public AddressRefused refusal(List<InetAddress> refused) {
        return refused.stream().anyMatch(ClosedAddresses::contain) ? AddressRefused.closed() : AddressRefused.inside();
    }

    /**
     * Checks what can be told of a host without looking it up: a number in any notation, or the name of a metadata
     * service.
     *
     * @throws AddressRefused when it must not be asked
     */
    public void check(String host) {
        checkNeverAsked(host);
        String bare = unbracketed(host);
        List<InetAddress> meant = NumberedHost.is(bare) ? NumberedHost.read(bare) : List.of();
        if (!meant.stream().allMatch(this::allow)) {
            throw refusal(meant);
        }
    }

    /**
     * Checks that a host is none that no site asks.
     *
     * @throws AddressRefused when it is, or when it is a number in a notation that readers do not agree about
     */
    public static void checkNeverAsked(String host) {
        String bare = unbracketed(host);
        if (!NumberedHost.is(bare)) {
            if (ClosedAddresses.isName(NumberedHost.undotted(bare))) {
                throw AddressRefused.closed();
            }
            return;
        }
        if (NumberedHost.read(bare).stream().anyMatch(ClosedAddresses::contain)) {
            throw AddressRefused.closed();
        }
        if (!NumberedHost.isClear(bare)) {
            throw AddressRefused.unclear();
        }
    }

    private static String unbracketed(String host) {
        return host.startsWith("[") && host.endsWith("]") ? host.substring(1, host.length() - 1) : host;
    }
}
