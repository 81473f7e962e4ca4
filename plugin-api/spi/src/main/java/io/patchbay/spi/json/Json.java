package io.patchbay.spi.json;

import java.nio.charset.StandardCharsets;

/** Reads JSON text. */
public final class Json {
    private Json() {}

    /**
     * Reads one JSON value. Of several members with the same name the last wins; blanks around the value are allowed.
     *
     * @throws JsonException when the bytes are not one JSON value in UTF-8, or are nested more than 512 deep
     */
    public static JsonValue parse(byte[] utf8) {
        return parse(utf8, 0, utf8.length);
    }

    /**
     * Reads one JSON value from a part of an array; see {@link #parse(byte[])}.
     *
     * @throws JsonException as above; offsets count from {@code offset}
     */
    public static JsonValue parse(byte[] utf8, int offset, int length) {
        return new JsonParser(utf8, offset, length).parse();
    }

    /**
     * Reads one JSON value; see {@link #parse(byte[])}.
     *
     * @throws JsonException as above
     */
    public static JsonValue parse(String text) {
        return parse(text.getBytes(StandardCharsets.UTF_8));
    }
}
