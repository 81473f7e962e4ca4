package io.patchbay.relay.address;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.regex.Pattern;

/**
 * Hosts that are written as numbers. IPv4 has several notations, octal and hexadecimal ones among them, and readers do
 * not agree about them, so all that such a text may mean is told.
 */
final class NumberedHost {
    private static final Pattern NUMBER = Pattern.compile("\\d+|0[xX][0-9a-fA-F]*");

    private NumberedHost() {}

    /** Returns whether a host is a number in one of the notations, readable or not, and no name. */
    static boolean is(String host) {
        // A last label that is a number makes a host an IPv4 address to some readers.
        String bare = undotted(host);
        return host.indexOf(':') >= 0
                || NUMBER.matcher(bare.substring(bare.lastIndexOf('.') + 1)).matches();
    }

    /**
     * Returns the addresses that readers may take the text for; empty when none can read it. Nothing is looked up.
     *
     * @param host a number by {@link #is}, IPv6 with or without brackets
     */
    static List<InetAddress> read(String host) {
        List<InetAddress> read = new ArrayList<>();
        if (host.indexOf(':') >= 0) {
            int zone = host.indexOf('%');
            add(read, InetAddress::ofLiteral, zone < 0 ? host : host.substring(0, zone));
        } else {
            String bare = undotted(host);
            add(read, InetAddress::ofLiteral, bare);
            add(read, Inet4Address::ofPosixLiteral, bare);
        }
        return read;
    }

    /** Returns a host without the dot that may end it. */
    static String undotted(String host) {
        return host.endsWith(".") ? host.substring(0, host.length() - 1) : host;
    }

    /** Returns whether all readers take the text for the same address. */
    static boolean isClear(String host) {
        List<InetAddress> read = new ArrayList<>();
        add(read, InetAddress::ofLiteral, host);
        return !read.isEmpty()
                && (host.indexOf(':') >= 0 || read.getFirst().getHostAddress().equals(host));
    }

    private static void add(List<InetAddress> read, Function<String, ? extends InetAddress> reader, String text) {
        try {
            read.add(reader.apply(text));
        } catch (IllegalArgumentException e) {
            // This reader takes it for no number; another may.
            return;
        }
    }
}
