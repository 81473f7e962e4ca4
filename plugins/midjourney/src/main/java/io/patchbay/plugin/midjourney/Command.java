package io.patchbay.plugin.midjourney;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a chat message asks for.
 *
 * @param action the proxy's word, {@code IMAGINE} when the text names none
 * @param argument the rest of the text
 */
record Command(String action, String argument) {
    private static final Pattern NAMED = Pattern.compile(
            "(?s)/(IMAGINE|UPSCALE|VARIATION|REROLL|ACTION|MODAL|DESCRIBE|BLEND|SHORTEN)(?:\\s+(.*))?",
            Pattern.CASE_INSENSITIVE);

    /** A link of the seed's clients, whole or as Markdown; two spellings of the host are about. The model is behind the last mark. */
    private static final Pattern LINK =
            Pattern.compile("(?s)(?:\\[[^\\]]*]\\()?https://(?:chatnio|coai)\\.virtual/(.+)::[^:)]*\\)?");

    /** The older links write blanks as dashes: {@code UPSCALE-1704441600123456-1}. */
    private static final Pattern DASHED = Pattern.compile("(UPSCALE|VARIATION|REROLL)((?:-\\d+)+)");

    /** Reads a message. */
    static Command of(String message) {
        String text = message.strip();
        Matcher link = LINK.matcher(text);
        if (link.matches()) {
            text = "/" + unlinked(link.group(1));
        }
        Matcher named = NAMED.matcher(text);
        if (named.matches()) {
            String rest = named.group(2);
            return new Command(named.group(1).toUpperCase(Locale.ROOT), rest == null ? "" : rest.strip());
        }
        return new Command("IMAGINE", text);
    }

    /** Returns the first word of the argument, empty when there is none. */
    String first() {
        return argument.isEmpty() ? "" : argument.split("\\s+", 2)[0];
    }

    /** Returns the argument behind its first word. */
    String rest() {
        String[] words = argument.split("\\s+", 2);
        return words.length < 2 ? "" : words[1].strip();
    }

    private static String unlinked(String path) {
        if (DASHED.matcher(path).matches()) {
            return path.replace('-', ' ');
        }
        try {
            return URLDecoder.decode(path, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            return path;
        }
    }
}
