package io.patchbay.dialects.gemini;

import io.patchbay.spi.chat.ContentPart;
import io.patchbay.spi.chat.ContentPart.Image;
import io.patchbay.spi.chat.ContentPart.Inline;
import io.patchbay.spi.json.JsonObject;
import io.patchbay.spi.json.JsonValue;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Writes one part of a message. */
final class PartWriter {
    private static final Map<String, String> TYPES = Map.ofEntries(
            Map.entry("png", "image/png"),
            Map.entry("jpg", "image/jpeg"),
            Map.entry("jpeg", "image/jpeg"),
            Map.entry("webp", "image/webp"),
            Map.entry("gif", "image/gif"),
            Map.entry("heic", "image/heic"),
            Map.entry("heif", "image/heif"),
            Map.entry("pdf", "application/pdf"),
            Map.entry("mp4", "video/mp4"),
            Map.entry("mov", "video/quicktime"),
            Map.entry("webm", "video/webm"),
            Map.entry("mp3", "audio/mp3"),
            Map.entry("wav", "audio/wav"));

    private final GeminiModel model;
    private final Fields fields;

    PartWriter(GeminiModel model, Fields fields) {
        this.model = model;
        this.fields = fields;
    }

    static JsonObject text(String text) {
        return JsonObject.builder().put("text", text).build();
    }

    /** Returns the part, or {@code null} when it is empty, which Gemini refuses, or cannot be sent, which is told. */
    @Nullable
    JsonObject part(ContentPart part) {
        JsonObject raw = part.raw();
        String text = part.kind().equals("refusal") ? raw.string("refusal", "") : part.text();
        if (text != null) {
            return text.isEmpty() ? null : text(text);
        }
        Image image = part.image();
        JsonObject media = switch (part.kind()) {
            case "image" -> image == null || !model.takesPictures() ? null : address(image.url(), "image/jpeg");
            case "input_audio" -> audio(raw.get("input_audio"));
            case "file" -> file(raw.get("file"));
            case "video_url" -> address(url(raw.get("video_url")), "video/mp4");
            default -> null;
        };
        if (media == null) {
            fields.lose("messages." + (part.kind().equals("image") ? "image_url" : part.kind()));
        }
        return media;
    }

    private static @Nullable String url(@Nullable JsonValue value) {
        if (value == null) {
            return null;
        }
        return value.string() == null ? value.string("url") : value.string();
    }

    private static @Nullable JsonObject audio(@Nullable JsonValue audio) {
        String data = audio == null ? null : audio.string("data");
        if (audio == null || data == null) {
            return null;
        }
        return data.startsWith("data:")
                ? address(data, "audio/wav")
                : inline("audio/" + audio.string("format", "wav").toLowerCase(Locale.ROOT), data);
    }

    private static @Nullable JsonObject file(@Nullable JsonValue file) {
        if (file == null) {
            return null;
        }
        String data = file.string("file_data");
        String name = file.string("filename", "");
        if (data != null && !data.contains(":")) {
            return inline(type(name, "application/pdf"), data);
        }
        return address(data == null ? file.string("file_id") : data, type(name, "application/pdf"));
    }

    /** A data URL becomes bytes; any other address is one Google fetches: of its own files, YouTube, or the web. */
    private static @Nullable JsonObject address(@Nullable String url, String fallback) {
        Inline inline = new Image(url, null).inline();
        if (inline != null) {
            return inline(inline.mediaType(), inline.base64());
        }
        if (url == null || !url.startsWith("https://") && !url.startsWith("http://") && !url.startsWith("gs://")) {
            return null;
        }
        boolean typeless = url.contains("youtube.com/") || url.contains("youtu.be/") || url.contains("/v1beta/files/");
        JsonObject.Builder file = JsonObject.builder();
        if (!typeless) {
            file.put("mimeType", type(url, fallback));
        }
        return JsonObject.builder()
                .put("fileData", file.put("fileUri", url).build())
                .build();
    }

    private static String type(String name, String fallback) {
        String path = name.replaceFirst("[?#].*", "");
        String extension = path.substring(path.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
        return TYPES.getOrDefault(extension, fallback);
    }

    private static JsonObject inline(String type, String base64) {
        return JsonObject.builder()
                .put(
                        "inlineData",
                        JsonObject.builder()
                                .put("mimeType", type)
                                .put("data", base64)
                                .build())
                .build();
    }
}
