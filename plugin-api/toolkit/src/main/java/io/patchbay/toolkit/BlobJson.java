package io.patchbay.toolkit;

import io.patchbay.spi.Turn;
import io.patchbay.spi.http.Blob;
import io.patchbay.spi.http.Body;
import io.patchbay.spi.http.Piece;
import io.patchbay.spi.json.JsonObject;
import io.patchbay.spi.json.JsonValue;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/**
 * A JSON body with files in it as base64; the files stay with the host until the body is sent.
 *
 * <pre>{@code
 * BlobJson json = new BlobJson(turn);
 * return json.body(JsonObject.builder().put("image", json.dataUrl(picture)).build());
 * }</pre>
 *
 * One object serves one body.
 */
public final class BlobJson {
    private final String mark;
    private final List<Blob> blobs = new ArrayList<>();

    /** Creates an empty body; its marks come from the turn, so that no client can write one. */
    public BlobJson(Turn<?> turn) {
        this.mark = "@" + HexFormat.of().formatHex(turn.random(16)) + "-";
    }

    /** Returns a text that stands for the file as a data URL. */
    public JsonValue dataUrl(Blob blob) {
        String type = blob.contentType().isBlank() ? "image/png" : blob.contentType();
        return JsonValue.of("data:" + type + ";base64," + base64(blob));
    }

    /** Returns the body in which the files stand where their texts are, each at most once and in the order they were added. */
    public Body body(JsonObject json) {
        String text = json.toJson();
        List<Piece> pieces = new ArrayList<>();
        int from = 0;
        for (int i = 0; i < blobs.size(); i++) {
            String place = place(i);
            int at = text.indexOf(place, from);
            if (at >= 0) {
                pieces.add(inline(text.substring(from, at)));
                pieces.add(new Piece.Base64(blobs.get(i)));
                from = at + place.length();
            }
        }
        pieces.add(inline(text.substring(from)));
        return new Body("application/json", pieces);
    }

    private String base64(Blob blob) {
        blobs.add(blob);
        return place(blobs.size() - 1);
    }

    private String place(int index) {
        return mark + index + "@";
    }

    private static Piece inline(String text) {
        return new Piece.Inline(text.getBytes(StandardCharsets.UTF_8));
    }
}
