package io.patchbay.relay.address;

import java.net.InetAddress;
import java.util.List;

/**
 * Tells addresses of the public Internet from all others: this machine, this network, and whatever the registries of
 * IANA set aside. Forms of IPv6 that carry an IPv4 address are as public as that one.
 */
public final class PublicAddresses {
    /** IANA's special-purpose registry for IPv4 (RFC 6890 and its successors), multicast and the reserved rest. */
    private static final List<Network> CLOSED_V4 = List.of(
            Network.of(8, 0),
            Network.of(8, 10),
            Network.of(10, 100, 64),
            Network.of(8, 127),
            Network.of(16, 169, 254),
            Network.of(12, 172, 16),
            Network.of(24, 192, 0, 0),
            Network.of(24, 192, 0, 2),
            Network.of(24, 192, 88, 99),
            Network.of(16, 192, 168),
            Network.of(15, 198, 18),
            Network.of(24, 198, 51, 100),
            Network.of(24, 203, 0, 113),
            Network.of(4, 224),
            Network.of(4, 240));

    /** All that is given out as public IPv6. Loopback, unique-local, link-local and multicast lie outside. */
    private static final Network GLOBAL_V6 = Network.of(3, 0x20);

    /** What is set aside inside it: protocol assignments with Teredo, documentation. */
    private static final List<Network> CLOSED_V6 = List.of(
            Network.of(23, 0x20, 0x01, 0x00), Network.of(32, 0x20, 0x01, 0x0d, 0xb8), Network.of(20, 0x3f, 0xff, 0x00));

    private PublicAddresses() {}

    /** Returns whether the address belongs to the public Internet. */
    public static boolean contain(InetAddress address) {
        byte[] bytes = CarriedAddress.bytes(address);
        if (bytes.length == 4) {
            return CLOSED_V4.stream().noneMatch(network -> network.holds(bytes));
        }
        return GLOBAL_V6.holds(bytes) && CLOSED_V6.stream().noneMatch(network -> network.holds(bytes));
    }
}
