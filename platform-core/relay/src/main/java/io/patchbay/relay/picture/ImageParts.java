package io.patchbay.relay.picture;

import io.patchbay.spi.json.JsonArray;
import io.patchbay.spi.json.JsonObject;
import io.patchbay.spi.json.JsonString;
import io.patchbay.spi.json.JsonValue;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** The picture parts of messages in the OpenAI chat form. */
final class ImageParts {
    private static final String IMAGE_URL = "image_url";
    private static final String URL = "url";

    private ImageParts() {}

    /** Returns the URLs of all pictures, in order. */
    static List<String> urls(JsonValue messages) {
        List<String> urls = new ArrayList<>();
        replaced(messages, url -> {
            urls.add(url);
            return url;
        });
        return urls;
    }

    /** Returns the messages with the URL of each picture, in the same order, replaced; all else stays as it is. */
    static JsonValue replaced(JsonValue messages, UnaryOperator<String> change) {
        return each(messages, message -> {
            JsonValue content = message.get("content");
            return content instanceof JsonArray parts
                    ? with(message, "content", each(parts, part -> part(part, change)))
                    : message;
        });
    }

    private static JsonValue part(JsonValue part, UnaryOperator<String> change) {
        JsonValue image = part.get(IMAGE_URL);
        if (image == null || !IMAGE_URL.equals(part.string("type"))) {
            return part;
        }
        String bare = image.string();
        if (bare != null) {
            return with(part, IMAGE_URL, changed(image, bare, change));
        }
        JsonValue url = image.get(URL);
        String text = url == null ? null : url.string();
        return url == null || text == null ? part : with(part, IMAGE_URL, with(image, URL, changed(url, text, change)));
    }

    private static JsonValue changed(JsonValue before, String text, UnaryOperator<String> change) {
        String after = change.apply(text);
        return after.equals(text) ? before : new JsonString(after);
    }

    private static JsonValue each(JsonValue array, UnaryOperator<JsonValue> change) {
        List<JsonValue> elements = new ArrayList<>(array.elements().size());
        array.elements().forEach(element -> elements.add(change.apply(element)));
        return new JsonArray(elements);
    }

    private static JsonValue with(JsonValue object, String name, @Nullable JsonValue value) {
        return value == null
                ? object
                : object.asObject().toBuilder().put(name, value).build();
    }

    /** Returns the URL of one entry of an image edit: a text, or an object with {@code image_url}. */
    static @Nullable String edited(JsonValue entry) {
        JsonValue url = entry instanceof JsonObject ? entry.get(IMAGE_URL) : entry;
        return url == null ? null : url.string() != null ? url.string() : url.string(URL);
    }
}
