package io.patchbay.relay.address;

import java.net.InetAddress;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * Addresses that are never asked, whoever names them: those of the link, and those where clouds hand a machine its
 * credentials.
 */
public final class ClosedAddresses {
    private static final List<Network> CLOSED_V4 =
            List.of(Network.of(16, 169, 254), Network.of(32, 100, 100, 100, 200));

    /** The link, then the metadata of AWS and of Google. */
    private static final List<Network> CLOSED_V6 = List.of(
            Network.of(10, 0xfe, 0x80),
            Network.of(32, 0xfd, 0x00, 0x0e, 0xc2),
            Network.of(128, 0xfd, 0x20, 0x00, 0xce, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0x02, 0x54));

    private static final Set<String> NAMES = Set.of("metadata", "metadata.google.internal");

    private ClosedAddresses() {}

    /** Returns whether the address, or the IPv4 address it carries, is one of them. */
    public static boolean contain(InetAddress address) {
        byte[] bytes = CarriedAddress.bytes(address);
        return (bytes.length == 4 ? CLOSED_V4 : CLOSED_V6).stream().anyMatch(network -> network.holds(bytes));
    }

    /** Returns whether a host's name stands for one of them wherever it is looked up, in any case. */
    static boolean isName(String host) {
        return NAMES.contains(host.toLowerCase(Locale.ROOT));
    }
}
