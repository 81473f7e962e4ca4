package io.patchbay.dialects.anthropic;

import io.patchbay.spi.chat.ChatMessage.ToolCall;
import io.patchbay.spi.chat.ContentPart;
import io.patchbay.spi.json.Json;
import io.patchbay.spi.json.JsonException;
import io.patchbay.spi.json.JsonObject;
import io.patchbay.spi.json.JsonValue;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Parts of messages as content blocks. */
final class Blocks {
    /** Blocks of this dialect that a client may write as they are. */
    private static final Set<String> NATIVE =
            Set.of("document", "image", "search_result", "tool_reference", "container_upload");

    /** How base64 of each kind of picture begins: a wrong label is refused. */
    private static final Map<String, String> MAGIC = Map.of(
            "iVBORw0KGgo", "image/png",
            "/9j/", "image/jpeg",
            "R0lGOD", "image/gif",
            "UklGR", "image/webp");

    private static final String BASE64 = ";base64,";

    private Blocks() {}

    /** Returns a text block. */
    static JsonObject text(String text) {
        return JsonObject.builder().put("type", "text").put("text", text).build();
    }

    /**
     * Returns the block of a part, {@code null} when there is none: blank text is refused, and what cannot be mapped is
     * noted.
     */
    static @Nullable JsonObject of(ContentPart part, Set<String> lost) {
        JsonObject raw = part.raw();
        JsonObject.Builder block = switch (part.kind()) {
            case "text" -> text(part);
            case "image" -> picture(part, lost);
            case "file" -> file(raw.get("file"));
            case "refusal" -> refusal(raw.string("refusal", ""));
            default -> NATIVE.contains(part.kind()) ? raw.toBuilder() : null;
        };
        if (block != null) {
            return block.putIfPresent("cache_control", raw.get("cache_control")).build();
        }
        if (!part.kind().equals("text") && !part.kind().equals("refusal")) {
            lost.add("messages." + (part.image() == null ? part.kind() : "image_url"));
        }
        return null;
    }

    private static JsonObject.@Nullable Builder text(ContentPart part) {
        String text = part.text();
        return text == null || text.isBlank()
                ? null
                : text(text).toBuilder().putIfPresent("citations", part.raw().get("citations"));
    }

    private static JsonObject.@Nullable Builder refusal(String words) {
        return words.isBlank() ? null : text(words).toBuilder();
    }

    private static JsonObject.@Nullable Builder picture(ContentPart part, Set<String> lost) {
        ContentPart.Image image = part.image();
        if (image == null) {
            return part.raw().get("source") == null ? null : part.raw().toBuilder();
        }
        String url = image.url();
        ContentPart.Inline inline = image.inline();
        JsonObject source = inline != null
                ? base64(type(inline), inline.base64())
                : isWeb(url) ? source("url").put("url", url).build() : null;
        if (source == null) {
            return null;
        }
        if ("low".equals(image.detail()) || "high".equals(image.detail())) {
            lost.add("messages.image_url.detail");
        }
        return JsonObject.builder().put("type", "image").put("source", source);
    }

    private static String type(ContentPart.Inline inline) {
        for (Map.Entry<String, String> magic : MAGIC.entrySet()) {
            if (inline.base64().startsWith(magic.getKey())) {
                return magic.getValue();
            }
        }
        return inline.mediaType();
    }

    private static JsonObject.@Nullable Builder file(@Nullable JsonValue file) {
        if (file == null) {
            return null;
        }
        String data = file.string("file_data", "");
        String id = file.string("file_id", "");
        int mark = data.startsWith("data:") ? data.indexOf(BASE64) : -1;
        String type = mark < 0 ? "" : data.substring("data:".length(), mark).replaceFirst(";.*", "");
        JsonObject source = null;
        if (type.equals("application/pdf")) {
            source = base64(type, data.substring(mark + BASE64.length()));
        } else if (type.startsWith("text/")) {
            source = plain(data.substring(mark + BASE64.length()));
        } else if (isWeb(data)) {
            source = source("url").put("url", data).build();
        } else if (id.startsWith("file_")) {
            source = source("file").put("file_id", id).build();
        }
        if (type.startsWith("image/")) {
            return JsonObject.builder()
                    .put("type", "image")
                    .put("source", base64(type, data.substring(mark + BASE64.length())));
        }
        return source == null
                ? null
                : JsonObject.builder()
                        .put("type", "document")
                        .put("source", source)
                        .putIfPresent("title", file.string("filename"));
    }

    private static @Nullable JsonObject plain(String base64) {
        try {
            byte[] bytes = Base64.getMimeDecoder().decode(base64);
            return source("text")
                    .put("media_type", "text/plain")
                    .put("data", new String(bytes, StandardCharsets.UTF_8))
                    .build();
        } catch (IllegalArgumentException e) {
            return null;
        }
    }

    private static JsonObject base64(String type, String data) {
        return source("base64").put("media_type", type).put("data", data).build();
    }

    private static JsonObject.Builder source(String type) {
        return JsonObject.builder().put("type", type);
    }

    private static boolean isWeb(@Nullable String url) {
        return url != null && (url.startsWith("https://") || url.startsWith("http://"));
    }

    /** Returns the block of a call. */
    static JsonObject toolUse(ToolCall call, String id) {
        return JsonObject.builder()
                .put("type", "tool_use")
                .put("id", id)
                .put("name", call.name())
                .put("input", input(call.arguments()))
                .build();
    }

    /** The arguments must be an object; whatever else a model wrote is wrapped, so that it is not lost. */
    private static JsonObject input(String arguments) {
        if (arguments.isBlank()) {
            return JsonObject.EMPTY;
        }
        JsonValue value;
        try {
            value = Json.parse(arguments);
        } catch (JsonException e) {
            return JsonObject.builder().put("_raw", arguments).build();
        }
        if (value instanceof JsonObject object) {
            return object;
        }
        return value.isNull()
                ? JsonObject.EMPTY
                : JsonObject.builder().put("value", value).build();
    }
}
