package io.patchbay.relay.address;

import java.net.InetAddress;
import java.util.Arrays;

/** Forms of IPv6 that carry an IPv4 address and lead to it: mapped, translated (NAT64), 6to4. */
final class CarriedAddress {
    private static final Network MAPPED = Network.of(96, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff);
    private static final Network NAT64 = Network.of(96, 0x00, 0x64, 0xff, 0x9b);
    private static final Network SIX_TO_FOUR = Network.of(16, 0x20, 0x02);

    private CarriedAddress() {}

    /** Returns the four bytes of the IPv4 address that is meant, else the sixteen of the address itself. */
    static byte[] bytes(InetAddress address) {
        byte[] bytes = address.getAddress();
        if (bytes.length == 4) {
            return bytes;
        }
        if (MAPPED.holds(bytes) || NAT64.holds(bytes)) {
            return Arrays.copyOfRange(bytes, 12, 16);
        }
        return SIX_TO_FOUR.holds(bytes) ? Arrays.copyOfRange(bytes, 2, 6) : bytes;
    }
}
