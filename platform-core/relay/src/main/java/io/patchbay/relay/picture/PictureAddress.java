package io.patchbay.relay.picture;

import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The address of a picture, read once: what is checked here is the very object that is connected to. Where the host's name
 * leads is not looked at; that is decided at each connection.
 */
final class PictureAddress {
    private static final int MAX_LENGTH = 8_000;
    private static final String URI_CHARACTERS = "-._~:/?#[]@!$&'()*+,;=%";

    /** A last label of digits makes a host an IPv4 address to some readers, in ways they do not agree about. */
    private static final Pattern NUMBER_AT_THE_END = Pattern.compile("(.*\\.)?(\\d+|0[xX][0-9a-fA-F]*)\\.?");

    private static final Pattern DOTTED_QUAD =
            Pattern.compile("(?:(?:25[0-5]|2[0-4]\\d|1\\d\\d|[1-9]?\\d)\\.){3}(?:25[0-5]|2[0-4]\\d|1\\d\\d|[1-9]?\\d)");

    private final boolean anyPort;

    /**
     * Creates a reader.
     *
     * @param anyPort whether ports beside 80 and 443 are taken
     */
    PictureAddress(boolean anyPort) {
        this.anyPort = anyPort;
    }

    /**
     * Reads an address.
     *
     * @param base what a relative one is relative to, {@code null} for none
     * @throws PictureRefused with a sentence that does not repeat the address
     */
    URI read(String text, @Nullable URI base) {
        URI uri = parse(text, base);
        String scheme = uri.getScheme() == null ? "" : uri.getScheme().toLowerCase(Locale.ROOT);
        if (!scheme.equals("http") && !scheme.equals("https")) {
            throw new PictureRefused("its URL must begin with https:// or http://, or be a data: URL");
        }
        String host = uri.getHost();
        // A zone belongs to addresses of this very link only.
        if (host == null || host.isEmpty() || host.indexOf('%') >= 0) {
            throw new PictureRefused("its URL names no server");
        }
        if (uri.getRawUserInfo() != null) {
            throw new PictureRefused("its URL must not hold a user name or a password");
        }
        if (NUMBER_AT_THE_END.matcher(host).matches()
                && !DOTTED_QUAD.matcher(host).matches()) {
            throw new PictureRefused("its URL holds a server's number in a form that is not taken");
        }
        int port = uri.getPort() < 0 ? (scheme.equals("https") ? 443 : 80) : uri.getPort();
        if (port < 1 || port > 65_535 || !(anyPort || port == 80 || port == 443)) {
            throw new PictureRefused("its URL names a port; only 80 and 443 are taken");
        }
        return uri;
    }

    private static URI parse(String text, @Nullable URI base) {
        if (text.length() > MAX_LENGTH) {
            throw new PictureRefused("its URL is longer than " + MAX_LENGTH + " characters");
        }
        try {
            URI uri = new URI(escaped(text.strip()));
            return base == null ? uri : base.resolve(uri);
        } catch (URISyntaxException | IllegalArgumentException e) {
            throw new PictureRefused("its URL cannot be read");
        }
    }

    /** Browsers take what the grammar forbids, such as blanks and letters of any language in a path. */
    private static String escaped(String text) {
        StringBuilder all = new StringBuilder(text.length());
        for (byte b : text.getBytes(StandardCharsets.UTF_8)) {
            char c = (char) (b & 0xff);
            if (c < 0x80 && (Character.isLetterOrDigit(c) || URI_CHARACTERS.indexOf(c) >= 0)) {
                all.append(c);
            } else {
                all.append('%').append(String.format(Locale.ROOT, "%02X", (int) c));
            }
        }
        return all.toString();
    }
}
