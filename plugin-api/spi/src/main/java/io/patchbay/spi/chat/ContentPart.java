package io.patchbay.spi.chat;

import io.patchbay.spi.json.JsonObject;
import io.patchbay.spi.json.JsonValue;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.osgi.annotation.versioning.ProviderType;

/** A part of a message. The kinds are an open vocabulary: branch on {@link #kind()} and keep what you do not know. */
@ProviderType
public final class ContentPart {
    private final String kind;
    private final @Nullable String text;
    private final @Nullable Image image;
    private final JsonObject raw;

    private ContentPart(String kind, @Nullable String text, @Nullable Image image, JsonObject raw) {
        this.kind = kind;
        this.text = text;
        this.image = image;
        this.raw = raw;
    }

    /**
     * A picture.
     *
     * @param url an http(s) or data URL; where the offer takes pictures inline the host has fetched it, and it is a data URL
     * @param detail {@code low}, {@code high}, {@code auto} or {@code null}
     */
    public record Image(@Nullable String url, @Nullable String detail) {
        private static final String BASE64 = ";base64,";

        /** Returns the bytes as the client's data URL holds them, or {@code null} when this is no data URL in base64. */
        public @Nullable Inline inline() {
            int mark = url == null || !url.startsWith("data:") ? -1 : url.indexOf(BASE64);
            if (url == null || mark < 0) {
                return null;
            }
            String type = url.substring("data:".length(), mark);
            int parameters = type.indexOf(';');
            String media = parameters < 0 ? type : type.substring(0, parameters);
            return new Inline(media.isEmpty() ? "image/png" : media, url.substring(mark + BASE64.length()));
        }
    }

    /**
     * A picture's bytes.
     *
     * @param mediaType such as {@code image/png}
     * @param base64 the bytes in base64, as they came
     */
    public record Inline(String mediaType, String base64) {}

    /** Returns a text part. */
    public static ContentPart text(String text) {
        Objects.requireNonNull(text, "text is null");
        JsonObject raw =
                JsonObject.builder().put("type", "text").put("text", text).build();
        return new ContentPart("text", text, null, raw);
    }

    /** Returns a picture part. */
    public static ContentPart image(Image image) {
        JsonObject url = JsonObject.builder()
                .put("url", image.url() == null ? "" : image.url())
                .putIfPresent("detail", image.detail())
                .build();
        JsonObject raw = JsonObject.builder()
                .put("type", "image_url")
                .put("image_url", url)
                .build();
        return new ContentPart("image", null, image, raw);
    }

    /** Reads a part in the OpenAI chat form; a bare string in {@code image_url} is accepted. */
    public static ContentPart of(JsonObject raw) {
        String type = raw.string("type", "");
        switch (type) {
            case "text" -> {
                return new ContentPart("text", raw.string("text", ""), null, raw);
            }
            case "image_url" -> {
                JsonValue value = raw.get("image_url");
                String url = value == null ? null : value.string() != null ? value.string() : value.string("url");
                String detail = value == null ? null : value.string("detail");
                return new ContentPart("image", null, new Image(url, detail), raw);
            }
            default -> {
                return new ContentPart(type, null, null, raw);
            }
        }
    }

    /** Returns {@code text}, {@code image}, {@code input_audio}, {@code file}, {@code refusal} or what the client wrote. */
    public String kind() {
        return kind;
    }

    /** Returns the text of a text part. */
    public @Nullable String text() {
        return text;
    }

    /** Returns the picture of an image part. */
    public @Nullable Image image() {
        return image;
    }

    /** Returns the part as the client wrote it, in the OpenAI chat form. */
    public JsonObject raw() {
        return raw;
    }
}
