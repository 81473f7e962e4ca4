package io.patchbay.testkit.host;

import io.patchbay.spi.Framing;

/** Tells by the first bytes of a body what it is, because vendors send whole bodies for streams and streams for bodies. */
final class Shape {
    private Shape() {}

    /** Returns whether frames were asked for, but the body is one JSON value or a page. */
    static boolean isUnframed(Framing framing, byte[] body) {
        int first = first(body);
        return switch (framing.name()) {
            case "sse" -> first == '{' || first == '[' || first == '<';
            case "ndjson" -> first == '<';
            default -> false;
        };
    }

    /** Returns whether the body is server-sent events. */
    static boolean isEvents(byte[] body) {
        int at = skip(body);
        for (String field : new String[] {"data:", "event:", "id:", "retry:", ":"}) {
            if (startsWith(body, at, field)) {
                return true;
            }
        }
        return false;
    }

    private static int first(byte[] body) {
        int at = skip(body);
        return at < body.length ? body[at] : -1;
    }

    private static int skip(byte[] body) {
        int at = body.length >= 3 && body[0] == (byte) 0xEF && body[1] == (byte) 0xBB && body[2] == (byte) 0xBF ? 3 : 0;
        while (at < body.length && (body[at] == ' ' || body[at] == '\t' || body[at] == '\r' || body[at] == '\n')) {
            at++;
        }
        return at;
    }

    private static boolean startsWith(byte[] body, int at, String ascii) {
        if (body.length - at < ascii.length()) {
            return false;
        }
        for (int i = 0; i < ascii.length(); i++) {
            if (body[at + i] != ascii.charAt(i)) {
                return false;
            }
        }
        return true;
    }
}
