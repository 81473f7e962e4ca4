package io.patchbay.foundation.request;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Optional;

/** A network in CIDR notation; a single address is a network of itself. */
record Network(InetAddress prefix, int bits) {

    /** Reads {@code 10.0.0.0/8}, {@code fd00::/8} or a single address; never asks a name server. */
    static Optional<Network> parse(String text) {
        int slash = text.indexOf('/');
        if (slash < 0) {
            return address(text).map(address -> new Network(address, address.getAddress().length * 8));
        }
        String length = text.substring(slash + 1);
        if (!length.matches("\\d{1,3}")) {
            return Optional.empty();
        }
        int bits = Integer.parseInt(length);
        return address(text.substring(0, slash))
                .filter(address -> bits <= address.getAddress().length * 8)
                .map(address -> new Network(prefix(address, bits), bits));
    }

    /** Reads an address, tolerating brackets and a port as some proxies write them. */
    static Optional<InetAddress> address(String text) {
        String literal = text.trim();
        if (literal.startsWith("[") && literal.indexOf(']') > 0) {
            literal = literal.substring(1, literal.indexOf(']'));
        } else if (literal.indexOf(':') >= 0 && literal.indexOf(':') == literal.lastIndexOf(':')) {
            literal = literal.substring(0, literal.indexOf(':'));
        }
        int zone = literal.indexOf('%');
        if (zone >= 0) {
            literal = literal.substring(0, zone);
        }
        if (literal.isEmpty()) {
            return Optional.empty();
        }
        try {
            // Turns an IPv4-mapped IPv6 address into the IPv4 address, so that it cannot slip past an IPv4 rule.
            return Optional.of(InetAddress.ofLiteral(literal));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    static InetAddress prefix(InetAddress address, int bits) {
        byte[] bytes = address.getAddress();
        for (int index = 0; index < bytes.length; index++) {
            int kept = Math.clamp(bits - index * 8L, 0, 8);
            bytes[index] &= (byte) (0xff << (8 - kept));
        }
        try {
            return InetAddress.getByAddress(bytes);
        } catch (UnknownHostException e) {
            throw new IllegalStateException("an address keeps its length", e);
        }
    }

    boolean contains(InetAddress address) {
        return address.getAddress().length == prefix.getAddress().length
                && prefix(address, bits).equals(prefix);
    }
}
