package io.patchbay.relay.exchange;

import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Removes from a text what tells an upstream although nobody registered it: addresses, what looks like a key, the names
 * of reselling software, ids of requests. Goes over the text once, from left to right, and copies nothing while it
 * finds nothing.
 */
final class Telltales {
    private static final String ADDRESS = "[address]";
    private static final String SERVER = "channel";
    private static final String UPSTREAM = "chatnio_upstream";
    private static final String SECRET = "***";
    private static final String REQUEST_ID = "(request id:";

    /** What the seed replaces by {@link #UPSTREAM}. */
    private static final String[] RESELLERS = {
        "openai_api", "anthropic_api", "api2d", "closeai_api", "one_api", "new_api", "shell_api"
    };

    /** How the text between a scheme and a server is written: plain, inside JSON, inside a URL. */
    private static final String[] SEPARATORS = {"://", ":\\/\\/", "%3a%2f%2f"};

    private static final int LONGEST_SCHEME = 16;
    private static final int SHORTEST_TOKEN = 8;

    /** So many asterisks in a row stand for what was left out of a key. */
    private static final int MASKED = 3;

    private final String text;
    private final Set<String> domains;
    private @Nullable StringBuilder made;

    /** Where what is not copied yet begins. */
    private int kept;

    private Telltales(String text, Set<String> domains) {
        this.text = text;
        this.domains = domains;
    }

    /**
     * Returns the text without them.
     *
     * @param domains of the upstream by {@link #domain}; servers inside them are hidden where they stand without a
     *     scheme
     */
    static String strip(String text, Set<String> domains) {
        return new Telltales(text, domains).stripped();
    }

    /** Returns the last two labels of a server's name, in lower case; {@code null} for a number or a single label. */
    static @Nullable String domain(String host) {
        String name = host.endsWith(".") ? host.substring(0, host.length() - 1) : host;
        int last = name.lastIndexOf('.');
        if (last <= 0 || last == name.length() - 1 || !Character.isLetter(name.charAt(last + 1))) {
            return null;
        }
        return name.substring(name.lastIndexOf('.', last - 1) + 1).toLowerCase(Locale.ROOT);
    }

    private String stripped() {
        int at = 0;
        while (at < text.length()) {
            char c = text.charAt(at);
            if (c == '(') {
                at = requestId(at);
            } else if (c == ':' || c == '%') {
                at = address(at);
            } else if (isWord(c)) {
                at = word(at);
            } else {
                at++;
            }
        }
        return made == null ? text : made.append(text, kept, text.length()).toString();
    }

    /** Replaces a part of what is not copied yet; returns where it ended. */
    private int replace(int from, int to, String shown) {
        StringBuilder all = made == null ? new StringBuilder(text.length()) : made;
        made = all;
        all.append(text, kept, from).append(shown);
        kept = to;
        return to;
    }

    // ---- (request id: 2026abc) ----

    private int requestId(int at) {
        if (!text.regionMatches(true, at, REQUEST_ID, 0, REQUEST_ID.length())) {
            return at + 1;
        }
        int id = blanks(at + REQUEST_ID.length());
        int end = id;
        while (end < text.length() && isId(text.charAt(end))) {
            end++;
        }
        int close = blanks(end);
        if (end == id || close == text.length() || text.charAt(close) != ')') {
            return id;
        }
        return replace(at > kept && text.charAt(at - 1) == ' ' ? at - 1 : at, close + 1, "");
    }

    private int blanks(int from) {
        int at = from;
        while (at < text.length() && text.charAt(at) == ' ') {
            at++;
        }
        return at;
    }

    // ---- https://server/path ----

    private int address(int at) {
        for (String separator : SEPARATORS) {
            if (text.regionMatches(true, at, separator, 0, separator.length())) {
                int server = at + separator.length();
                int scheme = scheme(at);
                // No scheme, or the one that stands for a hidden endpoint.
                if (scheme == at || SERVER.contentEquals(text.subSequence(scheme, at))) {
                    return server;
                }
                int end = endOfAddress(server);
                return end == server ? server : replace(scheme, end, ADDRESS);
            }
        }
        return at + 1;
    }

    private int scheme(int end) {
        int at = end;
        int first = Math.max(kept, end - LONGEST_SCHEME);
        while (at > first && (isLetterOrDigit(text.charAt(at - 1)) || "+-.".indexOf(text.charAt(at - 1)) >= 0)) {
            at--;
        }
        return at;
    }

    private int endOfAddress(int from) {
        int at = from;
        // Names of servers may have letters of any language; in what follows them they end the address.
        while (at < text.length() && (isAddress(text.charAt(at)) || Character.isLetterOrDigit(text.charAt(at)))) {
            if ("/?#\\".indexOf(text.charAt(at)) >= 0) {
                break;
            }
            at++;
        }
        return endOfPath(from, at);
    }

    private int endOfPath(int from, int path) {
        int at = path;
        while (at < text.length() && isAddress(text.charAt(at))) {
            at++;
        }
        // A sentence that ends with an address ends after it.
        while (at > from && ".,;:!?'*\\]".indexOf(text.charAt(at - 1)) >= 0) {
            at--;
        }
        return at;
    }

    private static boolean isAddress(char c) {
        return isLetterOrDigit(c) || "-._~:/?#[]@!$&'*+,;=%|\\".indexOf(c) >= 0;
    }

    // ---- words: keys, names of software, servers without a scheme ----

    private int word(int from) {
        int end = from;
        int stars = 0;
        boolean masked = false;
        int plain = 0;
        while (end < text.length() && isWord(text.charAt(end))) {
            char c = text.charAt(end);
            stars = c == '*' ? stars + 1 : 0;
            masked |= stars == MASKED;
            plain += isLetterOrDigit(c) ? 1 : 0;
            end++;
        }
        int stop = end;
        while (stop > from && ".-…".indexOf(text.charAt(stop - 1)) >= 0) {
            stop--;
        }
        if (masked && plain > 0) {
            return Math.max(end, replace(from, stop, SECRET));
        }
        if (isServer(from, stop)) {
            boolean longer = stop == end && end < text.length() && "/:".indexOf(text.charAt(end)) >= 0;
            int whole = longer ? endOfPath(stop, stop) : stop;
            return Math.max(end, replace(from, whole, whole > stop ? ADDRESS : SERVER));
        }
        parts(from, stop);
        return stop - from == 6 && text.regionMatches(true, from, "bearer", 0, 6) ? token(end) : end;
    }

    private void parts(int from, int stop) {
        int at = from;
        while (at < stop) {
            char before = at == from ? ' ' : text.charAt(at - 1);
            boolean begins = !isLetterOrDigit(before);
            if (begins && before != '_' && KeyShapes.isKey(text, at, stop)) {
                replace(at, stop, SECRET);
                return;
            }
            String reseller = begins ? reseller(at, stop) : null;
            at = reseller == null ? at + 1 : replace(at, at + reseller.length(), UPSTREAM);
        }
    }

    private @Nullable String reseller(int at, int stop) {
        for (String name : RESELLERS) {
            if (stop - at >= name.length() && text.regionMatches(true, at, name, 0, name.length())) {
                return name;
            }
        }
        return null;
    }

    private boolean isServer(int from, int stop) {
        for (String domain : domains) {
            int begin = stop - domain.length();
            if (begin >= from
                    && text.regionMatches(true, begin, domain, 0, domain.length())
                    && (begin == from || text.charAt(begin - 1) == '.')) {
                return true;
            }
        }
        return false;
    }

    /** Takes what follows “Bearer”. */
    private int token(int from) {
        int begin = blanks(from);
        int end = begin;
        while (end < text.length() && (isWord(text.charAt(end)) || "~+/=".indexOf(text.charAt(end)) >= 0)) {
            end++;
        }
        boolean secret = begin > from && end - begin >= SHORTEST_TOKEN && KeyShapes.isTelling(text, begin, end);
        return secret ? replace(begin, end, SECRET) : from;
    }

    private static boolean isWord(char c) {
        return isLetterOrDigit(c) || c == '_' || c == '-' || c == '.' || c == '*' || c == '…';
    }

    private static boolean isId(char c) {
        return isLetterOrDigit(c) || c == '-' || c == '_';
    }

    private static boolean isLetterOrDigit(char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
    }
}
