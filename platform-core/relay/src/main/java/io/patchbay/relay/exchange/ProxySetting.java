package io.patchbay.relay.exchange;

import io.patchbay.spi.Secret;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How a channel reaches its upstream, in the seed's numbering. A user name and a password that stand inside the address
 * are taken out of it, so that only {@code password} holds a secret.
 *
 * @param type 0 none, 1 http, 2 https, 3 socks5
 * @param proxy a URL or {@code host:port}, without user name and password
 * @param username empty for none
 * @param password empty for none
 */
public record ProxySetting(int type, String proxy, String username, Secret password) {
    public static final ProxySetting NONE = new ProxySetting(0, "", "", Secret.of(""));

    private static final String EXPECTED = "the proxy is not understood: expected its host and port, such as "
            + "proxy.example:3128; a user name and a password belong into their own fields";

    private static final Pattern ADDRESS = Pattern.compile(
            "(?:([a-zA-Z0-9+.-]{1,16})://)?(\\[[0-9a-fA-F:.]{2,45}]|[\\p{L}\\p{N}._-]{1,253})(?::(\\d{1,5}))?/?");

    /** What SOCKS5 has room for, in bytes. */
    private static final int LONGEST_CREDENTIAL = 255;

    /** Where the proxy listens. */
    record At(String host, int port, boolean secure, boolean socks) {}

    /** Takes a user name and a password out of the address; those given beside it win. Never fails. */
    public ProxySetting {
        String text = proxy.strip();
        int scheme = text.indexOf("://");
        int begin = scheme < 0 ? 0 : scheme + 3;
        // The last @, because a password may hold one that was not encoded.
        int at = text.lastIndexOf('@');
        if (at >= begin) {
            String named = text.substring(begin, at);
            int colon = named.indexOf(':');
            if (username.isEmpty()) {
                username = decoded(colon < 0 ? named : named.substring(0, colon));
                password = Secret.of(colon < 0 ? "" : decoded(named.substring(colon + 1)));
            }
            text = text.substring(0, begin) + text.substring(at + 1);
        }
        proxy = text;
    }

    private static String decoded(String text) {
        try {
            return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            // A bare percent sign: the text was not encoded.
            return text;
        }
    }

    /** Returns whether there is none. */
    boolean none() {
        return type == 0 || proxy.isEmpty();
    }

    /**
     * Returns where the proxy listens; empty for a direct connection.
     *
     * @throws IllegalArgumentException with a sentence that does not repeat the setting, when it cannot be understood
     */
    Optional<At> address() {
        if (none()) {
            return Optional.empty();
        }
        Matcher parts = ADDRESS.matcher(proxy);
        if (!parts.matches()) {
            throw new IllegalArgumentException(EXPECTED);
        }
        boolean socks = type == 3;
        String usual = socks ? "socks5" : type == 2 ? "https" : "http";
        String scheme = parts.group(1) == null ? usual : parts.group(1).toLowerCase(Locale.ROOT);
        boolean fits = socks ? scheme.startsWith("socks5") : scheme.equals("http") || scheme.equals("https");
        if (!fits) {
            throw new IllegalArgumentException(
                    "the proxy's URL does not fit its type: expected " + usual + ":// or a bare host:port");
        }
        boolean secure = scheme.equals("https");
        int port = parts.group(3) == null ? (socks ? 1080 : secure ? 443 : 80) : Integer.parseInt(parts.group(3));
        if (port < 1 || port > 65_535) {
            throw new IllegalArgumentException("the proxy's port must be 1 to 65535");
        }
        return Optional.of(new At(parts.group(2), port, secure, socks));
    }

    /**
     * Checks the setting.
     *
     * @throws IllegalArgumentException with a sentence that does not repeat the setting, when it cannot be used
     */
    public void check() {
        if (type < 0 || type > 3) {
            throw new IllegalArgumentException(
                    "proxy_type is 0 (none), 1 (http), 2 (https) or 3 (socks5), found " + type);
        }
        if (address().isEmpty()) {
            return;
        }
        if (type == 3 && (tooLong(username) || tooLong(password.reveal()))) {
            throw new IllegalArgumentException("the user name and the password of a socks5 proxy may have at most "
                    + LONGEST_CREDENTIAL + " bytes each");
        }
        if (type != 3 && username.indexOf(':') >= 0) {
            throw new IllegalArgumentException("the user name of an http proxy must not contain a colon");
        }
    }

    private static boolean tooLong(String credential) {
        return credential.getBytes(StandardCharsets.UTF_8).length > LONGEST_CREDENTIAL;
    }

    /** Returns the type only: where a proxy is, and who uses it, is nobody's business. */
    @Override
    public String toString() {
        return "ProxySetting[type=" + type + "]";
    }
}
