package io.patchbay.spi.json;

import java.nio.charset.StandardCharsets;
import java.util.Map;

/** Writes compact JSON on one line. Lone surrogates are escaped, so that the bytes are always valid UTF-8. */
final class JsonWriter {
    private static final char[] HEX = "0123456789abcdef".toCharArray();

    private JsonWriter() {}

    static String text(JsonValue value) {
        StringBuilder out = new StringBuilder(128);
        write(value, out);
        return out.toString();
    }

    static byte[] bytes(JsonValue value) {
        return text(value).getBytes(StandardCharsets.UTF_8);
    }

    private static void write(JsonValue value, StringBuilder out) {
        switch (value) {
            case JsonString string -> quote(string.value(), out);
            case JsonNumber number -> out.append(number.text());
            case JsonBoolean flag -> out.append(flag.value());
            case JsonNull ignored -> out.append("null");
            case JsonArray array -> {
                out.append('[');
                char separator = 0;
                for (JsonValue element : array.elements()) {
                    if (separator != 0) {
                        out.append(separator);
                    }
                    separator = ',';
                    write(element, out);
                }
                out.append(']');
            }
            case JsonObject object -> {
                out.append('{');
                char separator = 0;
                for (Map.Entry<String, JsonValue> member : object.members().entrySet()) {
                    if (separator != 0) {
                        out.append(separator);
                    }
                    separator = ',';
                    quote(member.getKey(), out);
                    out.append(':');
                    write(member.getValue(), out);
                }
                out.append('}');
            }
        }
    }

    private static void quote(String text, StringBuilder out) {
        out.append('"');
        int length = text.length();
        for (int i = 0; i < length; i++) {
            char c = text.charAt(i);
            switch (c) {
                case '"' -> out.append("\\\"");
                case '\\' -> out.append("\\\\");
                case '\n' -> out.append("\\n");
                case '\r' -> out.append("\\r");
                case '\t' -> out.append("\\t");
                default -> {
                    if (c < 0x20) {
                        escape(c, out);
                    } else if (Character.isSurrogate(c)) {
                        if (Character.isHighSurrogate(c)
                                && i + 1 < length
                                && Character.isLowSurrogate(text.charAt(i + 1))) {
                            out.append(c).append(text.charAt(++i));
                        } else {
                            escape(c, out);
                        }
                    } else {
                        out.append(c);
                    }
                }
            }
        }
        out.append('"');
    }

    private static void escape(char c, StringBuilder out) {
        out.append("\\u")
                .append(HEX[c >> 12 & 15])
                .append(HEX[c >> 8 & 15])
                .append(HEX[c >> 4 & 15])
                .append(HEX[c & 15]);
    }
}
