package io.patchbay.relay.address;

import java.util.Locale;
import java.util.Optional;

/**
 * The server an address names. Read from the text itself, because what operators write is not always what a strict
 * reader takes for an address.
 *
 * @param host in lower case, IPv6 without brackets
 * @param port the one written, else that of the scheme; 0 when it cannot be read
 * @param secure whether the scheme is https or wss
 */
public record Server(String host, int port, boolean secure) {
    /** Returns the server of an absolute http, https, ws or wss address; empty when the text names none. */
    public static Optional<Server> of(String address) {
        int begin = address.indexOf("://");
        if (begin < 0) {
            return Optional.empty();
        }
        String scheme = address.substring(0, begin).strip().toLowerCase(Locale.ROOT);
        boolean secure = scheme.equals("https") || scheme.equals("wss");
        if (!secure && !scheme.equals("http") && !scheme.equals("ws")) {
            return Optional.empty();
        }
        String authority = authority(address.substring(begin + 3));
        int colon = authority.lastIndexOf(':');
        boolean ported = colon >= 0 && colon > authority.lastIndexOf(']');
        String host = ported ? authority.substring(0, colon) : authority;
        if (host.startsWith("[") && host.endsWith("]")) {
            host = host.substring(1, host.length() - 1);
        }
        if (host.isBlank()) {
            return Optional.empty();
        }
        int usual = secure ? 443 : 80;
        return Optional.of(new Server(
                host.toLowerCase(Locale.ROOT),
                ported && colon + 1 < authority.length() ? number(authority.substring(colon + 1)) : usual,
                secure));
    }

    private static String authority(String rest) {
        int end = 0;
        while (end < rest.length() && "/?#\\".indexOf(rest.charAt(end)) < 0) {
            end++;
        }
        String authority = rest.substring(0, end).strip();
        return authority.substring(authority.lastIndexOf('@') + 1);
    }

    private static int number(String port) {
        try {
            int number = Integer.parseInt(port.strip());
            return number > 0 && number < 65_536 ? number : 0;
        } catch (NumberFormatException e) {
            return 0;
        }
    }

    /** Returns whether what is meant for that server may be told to this one: the same one, no less protected. */
    public boolean mayHearWhatIsFor(Server other) {
        return host.equals(other.host) && port == other.port && (secure || !other.secure);
    }
}
