package io.patchbay.relay.openai;

import io.patchbay.spi.Dialect;
import io.patchbay.spi.chat.Wire;
import io.patchbay.spi.json.JsonArray;
import io.patchbay.spi.json.JsonObject;
import io.patchbay.spi.json.JsonValue;
import java.util.Base64;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Reads what clients send to the video route, as JSON or as a form. */
final class VideoRequests {
    /** What a client means that names no model. */
    private static final String USUAL_MODEL = "sora-2";

    private static final String MODEL = "model";
    private static final String PROMPT = "prompt";
    private static final String REFERENCE = "input_reference";
    private static final String SECONDS = "seconds";

    /** How OpenAI's own clients write the member of an object into a form. */
    private static final String ADDRESS = REFERENCE + "[image_url]";

    /** Names that mean something in the chat a video is asked for by, and nothing in a video. */
    private static final Set<String> OF_CHATS = Set.of("messages", "stream", "stream_options", "tools", "tool_choice");

    private VideoRequests() {}

    /**
     * What a client wants, before anything is known of the client.
     *
     * @param chat the same as a chat of one message
     * @param pictures how many pictures come with it
     * @param unused fields that are given to no upstream
     */
    record Read(String model, String prompt, int pictures, Wire chat, Set<String> unused) {}

    /** Reads a JSON body. */
    static Read json(byte[] body) {
        // Read as strictly as chats: no name twice, none escaped.
        Wire wire = RelayRequest.wire(Dialect.OPENAI_CHAT, body);
        JsonObject.Builder members = JsonObject.builder();
        for (String name : wire.names()) {
            members.putIfPresent(name, wire.get(name));
        }
        JsonObject video = members.build();
        return read(video, reference(video.get(REFERENCE)));
    }

    private static @Nullable String reference(@Nullable JsonValue value) {
        if (value == null || value.isNull()) {
            return null;
        }
        JsonValue address = value.get("image_url");
        String url = value.string() != null ? value.string() : address == null ? null : address.string();
        if (url == null || url.isBlank()) {
            throw RelayRequest.invalid(
                    REFERENCE, "expected a file, or an image_url with the address of a picture or a data URL");
        }
        return url;
    }

    /** Reads a form. */
    static Read form(FormBody form) {
        JsonObject.Builder members = JsonObject.builder();
        String picture = null;
        for (FormBody.Part part : form.parts()) {
            boolean file = part.fileName() != null;
            if (part.name().equals(REFERENCE) && file) {
                picture = "data:" + ImageRequests.picture(part, REFERENCE).contentType() + ";base64,"
                        + Base64.getEncoder().encodeToString(part.bytes());
            } else if (part.name().equals(ADDRESS)) {
                picture = reference(JsonValue.of(part.text()));
            } else if (file) {
                throw RelayRequest.invalid(part.name(), "no file is expected here");
            } else {
                members.put(part.name(), part.text());
            }
        }
        JsonObject video = members.build();
        return read(video, picture == null ? reference(video.get(REFERENCE)) : picture);
    }

    private static Read read(JsonObject video, @Nullable String picture) {
        JsonValue named = video.get(MODEL);
        String model = RelayRequest.model(named == null ? USUAL_MODEL : named.string());
        String prompt = video.string(PROMPT, "");
        if (prompt.isBlank()) {
            throw RelayRequest.invalid(PROMPT, "prompt is required");
        }
        JsonObject.Builder chat = JsonObject.builder()
                .put(MODEL, model)
                .put("messages", new JsonArray(List.of(message(prompt, picture))));
        Set<String> unused = new TreeSet<>();
        video.members().forEach((name, value) -> {
            if (OF_CHATS.contains(name)) {
                unused.add(name);
            } else if (name.equals(SECONDS)) {
                chat.put(SECONDS, seconds(value));
            } else if (!name.equals(MODEL) && !name.equals(PROMPT) && !name.equals(REFERENCE)) {
                chat.put(name, value);
            }
        });
        byte[] body = chat.build().toBytes();
        return new Read(model, prompt, picture == null ? 0 : 1, RelayRequest.wire(Dialect.OPENAI_CHAT, body), unused);
    }

    /** The format writes seconds as text, and many clients as a number. */
    private static JsonValue seconds(JsonValue value) {
        String text = value.scalarText();
        if (value.isNull() || text == null) {
            return value;
        }
        if (!text.matches("\\d{1,4}")) {
            throw RelayRequest.invalid(SECONDS, "expected a whole number of seconds, such as \"8\"");
        }
        return JsonValue.of(text);
    }

    private static JsonValue message(String prompt, @Nullable String picture) {
        JsonObject.Builder message = JsonObject.builder().put("role", "user");
        if (picture == null) {
            return message.put("content", prompt).build();
        }
        JsonObject words =
                JsonObject.builder().put("type", "text").put("text", prompt).build();
        JsonObject shown = JsonObject.builder()
                .put("type", "image_url")
                .put("image_url", JsonObject.builder().put("url", picture).build())
                .build();
        return message.put("content", new JsonArray(List.of(words, shown))).build();
    }
}
