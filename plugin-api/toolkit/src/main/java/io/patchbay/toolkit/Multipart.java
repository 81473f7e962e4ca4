package io.patchbay.toolkit;

import io.patchbay.spi.Turn;
import io.patchbay.spi.http.Blob;
import io.patchbay.spi.http.Body;
import io.patchbay.spi.http.Piece;
import io.patchbay.spi.json.JsonArray;
import io.patchbay.spi.json.JsonObject;
import io.patchbay.spi.json.JsonValue;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/** Collects a {@code multipart/form-data} body; files stay with the host. Not safe for use by several threads. */
public final class Multipart {
    private final String boundary;
    private final List<Piece> pieces = new ArrayList<>();
    private final StringBuilder text = new StringBuilder();

    private Multipart(String boundary) {
        this.boundary = boundary;
    }

    /** Returns an empty form whose boundary comes from the turn, so that a run can be repeated to the byte. */
    public static Multipart of(Turn<?> turn) {
        return new Multipart("patchbay-" + HexFormat.of().formatHex(turn.random(16)));
    }

    /** Adds a text field. */
    public Multipart field(String name, String value) {
        open(name).append("\r\n\r\n").append(value).append("\r\n");
        return this;
    }

    /**
     * Adds settings in the OpenAI form: scalars as text, arrays as repeated {@code name[]} fields, objects as JSON text;
     * {@code null} is left out.
     */
    public Multipart fields(JsonObject settings) {
        settings.members().forEach(this::setting);
        return this;
    }

    /**
     * Adds a file.
     *
     * @param fallbackName the file name when the blob has none; many servers take a part without one for text, and
     *     some know the format by its extension only
     */
    public Multipart file(String name, Blob blob, String fallbackName) {
        open(name, blob.name().isBlank() ? fallbackName : blob.name(), blob.contentType());
        pieces.add(new Piece.Part(blob, 0, blob.length()));
        text.append("\r\n");
        return this;
    }

    /**
     * Adds a file whose bytes the plugin has, such as the picture of a data URL.
     *
     * @param bytes not to be changed afterwards
     */
    public Multipart file(String name, String fileName, String contentType, byte[] bytes) {
        open(name, fileName, contentType);
        pieces.add(new Piece.Inline(bytes));
        text.append("\r\n");
        return this;
    }

    private void open(String name, String fileName, String contentType) {
        String type = contentType.isBlank() || !isHeaderText(contentType) ? "application/octet-stream" : contentType;
        open(name)
                .append("; filename=\"")
                .append(escaped(fileName))
                .append("\"\r\nContent-Type: ")
                .append(type)
                .append("\r\n\r\n");
        flush();
    }

    /** Returns the body; nothing may be added afterwards. */
    public Body body() {
        text.append("--").append(boundary).append("--\r\n");
        flush();
        return new Body("multipart/form-data; boundary=" + boundary, pieces);
    }

    private void setting(String name, JsonValue value) {
        if (value.isNull()) {
            return;
        }
        if (value instanceof JsonArray array) {
            String repeated = name.endsWith("[]") ? name : name + "[]";
            for (JsonValue element : array.elements()) {
                field(repeated, textOf(element));
            }
            return;
        }
        field(name, textOf(value));
    }

    private static String textOf(JsonValue value) {
        String scalar = value.scalarText();
        return scalar == null ? value.toJson() : scalar;
    }

    private StringBuilder open(String name) {
        return text.append("--")
                .append(boundary)
                .append("\r\nContent-Disposition: form-data; name=\"")
                .append(escaped(name))
                .append('"');
    }

    private void flush() {
        if (!text.isEmpty()) {
            pieces.add(new Piece.Inline(text.toString().getBytes(StandardCharsets.UTF_8)));
            text.setLength(0);
        }
    }

    private static boolean isHeaderText(String value) {
        return value.chars().allMatch(c -> c >= ' ' && c < 127);
    }

    /** Escapes as the HTML standard's multipart/form-data encoding algorithm does, so that no name can end its header. */
    private static String escaped(String name) {
        return name.replace("\"", "%22").replace("\r", "%0D").replace("\n", "%0A");
    }
}
