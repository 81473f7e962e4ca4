package io.patchbay.testkit.host;

import java.nio.charset.StandardCharsets;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;

/** Dresses a body of server-sent events, given with LF line ends, in other forms the standard allows. */
public final class SseText {
    private static final Pattern BLANK_AFTER_DATA = Pattern.compile("(?m)^data: ");
    private static final Pattern EVENT_START = Pattern.compile("(?m)(?<=\n\n|\\A)(?=.)");

    private SseText() {}

    /** Prints payloads as events, with {@code data: [DONE]} at the end. */
    public static byte[] of(String... payloads) {
        StringBuilder text = new StringBuilder();
        for (String payload : payloads) {
            text.append("data: ").append(payload).append("\n\n");
        }
        return text.append("data: [DONE]\n\n").toString().getBytes(StandardCharsets.UTF_8);
    }

    /** Ends lines with CR LF. */
    public static byte[] crlf(byte[] body) {
        return changed(body, text -> text.replace("\n", "\r\n"));
    }

    /** Ends lines with a lone CR. */
    public static byte[] cr(byte[] body) {
        return changed(body, text -> text.replace('\n', '\r'));
    }

    /** Puts comments between events and into them. */
    public static byte[] comments(byte[] body) {
        return changed(
                body, text -> EVENT_START.matcher(text).replaceAll(": keep-alive\n\n:\n: OPENROUTER PROCESSING\n"));
    }

    /** Adds a byte order mark, {@code id:} and {@code retry:} lines; leaves out the blank after the colon. */
    public static byte[] odd(byte[] body) {
        return changed(body, text -> {
            String marked = EVENT_START.matcher(text).replaceAll("id: 7\nretry: 1000\n");
            return "\uFEFF" + BLANK_AFTER_DATA.matcher(marked).replaceAll("data:");
        });
    }

    /** Leaves out the blank line after the last event. */
    public static byte[] withoutLastBlankLine(byte[] body) {
        return changed(body, text -> text.replaceAll("\n+\\z", ""));
    }

    // By ISO-8859-1 every byte is one character, so invalid UTF-8 in a fixture survives.
    private static byte[] changed(byte[] body, UnaryOperator<String> change) {
        String text = change.apply(new String(body, StandardCharsets.ISO_8859_1));
        if (text.startsWith("\uFEFF")) {
            byte[] rest = text.substring(1).getBytes(StandardCharsets.ISO_8859_1);
            byte[] marked = new byte[rest.length + 3];
            marked[0] = (byte) 0xEF;
            marked[1] = (byte) 0xBB;
            marked[2] = (byte) 0xBF;
            System.arraycopy(rest, 0, marked, 3, rest.length);
            return marked;
        }
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }
}
