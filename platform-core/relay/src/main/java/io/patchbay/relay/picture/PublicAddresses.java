package io.patchbay.relay.picture;

import java.net.InetAddress;
import java.util.Arrays;
import java.util.List;

/**
 * Tells addresses of the public Internet from all others: this machine, this network, and whatever the registries of IANA
 * set aside. Forms of IPv6 that carry an IPv4 address are as public as that one.
 */
final class PublicAddresses {
    /** A network: its first bytes and how many bits of them count. */
    private record Network(int[] start, int bits) {
        boolean holds(byte[] address) {
            for (int bit = 0; bit < bits; bit++) {
                int mask = 0x80 >> (bit % 8);
                int wanted = bit / 8 < start.length ? start[bit / 8] : 0;
                if ((address[bit / 8] & mask) != (wanted & mask)) {
                    return false;
                }
            }
            return true;
        }
    }

    private static Network network(int bits, int... start) {
        return new Network(start, bits);
    }

    /** IANA's special-purpose registry for IPv4 (RFC 6890 and its successors), multicast and the reserved rest. */
    private static final List<Network> CLOSED_V4 = List.of(
            network(8, 0),
            network(8, 10),
            network(10, 100, 64),
            network(8, 127),
            network(16, 169, 254),
            network(12, 172, 16),
            network(24, 192, 0, 0),
            network(24, 192, 0, 2),
            network(24, 192, 88, 99),
            network(16, 192, 168),
            network(15, 198, 18),
            network(24, 198, 51, 100),
            network(24, 203, 0, 113),
            network(4, 224),
            network(4, 240));

    /** All that is given out as public IPv6. Loopback, unique-local, link-local and multicast lie outside. */
    private static final Network GLOBAL_V6 = network(3, 0x20);

    /** What is set aside inside it: protocol assignments with Teredo, documentation. */
    private static final List<Network> CLOSED_V6 =
            List.of(network(23, 0x20, 0x01, 0x00), network(32, 0x20, 0x01, 0x0d, 0xb8), network(20, 0x3f, 0xff, 0x00));

    private static final Network MAPPED = network(96, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff);
    private static final Network NAT64 = network(96, 0x00, 0x64, 0xff, 0x9b);
    private static final Network SIX_TO_FOUR = network(16, 0x20, 0x02);

    private PublicAddresses() {}

    /** Returns whether the address belongs to the public Internet. */
    static boolean contain(InetAddress address) {
        byte[] bytes = address.getAddress();
        return bytes.length == 4 ? isPublicV4(bytes) : isPublicV6(bytes);
    }

    private static boolean isPublicV4(byte[] address) {
        return CLOSED_V4.stream().noneMatch(network -> network.holds(address));
    }

    private static boolean isPublicV6(byte[] address) {
        if (MAPPED.holds(address) || NAT64.holds(address)) {
            return isPublicV4(Arrays.copyOfRange(address, 12, 16));
        }
        if (SIX_TO_FOUR.holds(address)) {
            return isPublicV4(Arrays.copyOfRange(address, 2, 6));
        }
        return GLOBAL_V6.holds(address) && CLOSED_V6.stream().noneMatch(network -> network.holds(address));
    }
}
