package io.patchbay.relay.cache;

import io.patchbay.dialects.scan.JsonCursor;
import io.patchbay.dialects.wire.WireBody;
import io.patchbay.spi.Bytes;
import io.patchbay.spi.chat.Wire;
import io.patchbay.spi.json.JsonValue;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import org.jspecify.annotations.Nullable;

/**
 * A SHA-256 over JSON texts without the white space between tokens and with numbers in one spelling. Strings and the
 * order of inner members count as they are written: two spellings of the same may get two digests, but never two
 * meanings one. Used for one digest, by one thread.
 */
final class RequestDigest {
    /** Numbers that are longer count as they are written. */
    private static final int COMPARED_NUMBER = 40;

    private final MessageDigest sha;
    private final JsonCursor cursor = new JsonCursor();
    private byte[] in = new byte[0];

    RequestDigest() {
        try {
            this.sha = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("this Java has no SHA-256", e);
        }
    }

    /** Adds a text. */
    void text(String text) {
        // In quotes, where one text ends and the next begins cannot be mistaken.
        sha.update(JsonValue.of(text).toBytes());
    }

    /** Adds a top-level member of a request. */
    void member(Wire wire, String name) {
        Bytes value = bytes(wire, name);
        if (value != null) {
            text(name);
            sha.update((byte) ':');
            in = value.array();
            cursor.over(in, value.offset(), value.offset() + value.length());
            value();
        }
    }

    private static @Nullable Bytes bytes(Wire wire, String name) {
        if (wire instanceof WireBody body) {
            return body.raw(name);
        }
        JsonValue value = wire.get(name);
        return value == null ? null : Bytes.of(value.toBytes());
    }

    /** Returns the 32 bytes. */
    byte[] end() {
        cursor.release();
        in = new byte[0];
        return sha.digest();
    }

    private void value() {
        switch (cursor.peek()) {
            case '{' -> object();
            case '[' -> array();
            case '"' -> {
                cursor.string();
                string();
            }
            case 't', 'f', 'n' -> {
                int from = cursor.at();
                cursor.skip();
                sha.update(in, from, cursor.at() - from);
            }
            default -> {
                int from = cursor.at();
                cursor.skip();
                number(from, cursor.at());
            }
        }
    }

    private void object() {
        cursor.enterObject();
        sha.update((byte) '{');
        boolean first = true;
        while (cursor.nextMember(first)) {
            separate(first);
            first = false;
            string();
            sha.update((byte) ':');
            value();
        }
        sha.update((byte) '}');
    }

    private void array() {
        cursor.enterArray();
        sha.update((byte) '[');
        boolean first = true;
        while (cursor.nextElement(first)) {
            separate(first);
            first = false;
            value();
        }
        sha.update((byte) ']');
    }

    private void separate(boolean first) {
        if (!first) {
            sha.update((byte) ',');
        }
    }

    /** Adds the string the cursor has just read. */
    private void string() {
        sha.update((byte) '"');
        sha.update(in, cursor.stringFrom(), cursor.stringTo() - cursor.stringFrom());
        sha.update((byte) '"');
    }

    private void number(int from, int to) {
        if (to - from > COMPARED_NUMBER) {
            sha.update(in, from, to - from);
            return;
        }
        String text = new String(in, from, to - from, StandardCharsets.US_ASCII);
        sha.update(plain(text).getBytes(StandardCharsets.US_ASCII));
    }

    private static String plain(String text) {
        try {
            // Not the plain notation: it would spell 1e999999999 with a thousand million digits.
            return new BigDecimal(text).stripTrailingZeros().toString();
        } catch (NumberFormatException e) {
            return text;
        }
    }
}
