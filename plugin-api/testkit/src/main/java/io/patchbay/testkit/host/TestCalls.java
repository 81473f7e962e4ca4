package io.patchbay.testkit.host;

import io.patchbay.dialects.wire.WireBody;
import io.patchbay.spi.Dialect;
import io.patchbay.spi.chat.Wire;
import io.patchbay.spi.http.Blob;
import io.patchbay.spi.json.Json;
import io.patchbay.spi.json.JsonArray;
import io.patchbay.spi.json.JsonNull;
import io.patchbay.spi.json.JsonObject;
import io.patchbay.spi.json.JsonValue;
import io.patchbay.spi.media.EmbeddingCall;
import io.patchbay.spi.media.ImageCall;
import io.patchbay.spi.media.ModerationCall;
import io.patchbay.spi.media.RerankCall;
import io.patchbay.spi.media.SpeechCall;
import io.patchbay.spi.media.TranscriptionCall;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Calls beside chat, for tests: made from the JSON body a client would send, or from the fields of its form. */
public final class TestCalls {
    private TestCalls() {}

    private record Embedding(
            String model,
            String publicModel,
            JsonObject settings,
            @Nullable Wire wire,
            List<JsonValue> inputs) implements EmbeddingCall {}

    private record Image(
            String model,
            String publicModel,
            JsonObject settings,
            @Nullable Wire wire,
            String prompt,
            List<Blob> pictures,
            @Nullable Blob mask)
            implements ImageCall {}

    private record Speech(
            String model,
            String publicModel,
            JsonObject settings,
            @Nullable Wire wire,
            String input,
            String voice) implements SpeechCall {}

    private record Transcription(
            String model,
            String publicModel,
            JsonObject settings,
            @Nullable Wire wire,
            Blob audio,
            boolean translate) implements TranscriptionCall {}

    private record Moderation(
            String model,
            String publicModel,
            JsonObject settings,
            @Nullable Wire wire,
            JsonValue input) implements ModerationCall {}

    private record Rerank(
            String model,
            String publicModel,
            JsonObject settings,
            @Nullable Wire wire,
            String query,
            List<String> documents,
            int most)
            implements RerankCall {}

    /** Returns an embedding call from a client's body. */
    public static EmbeddingCall embedding(String json) {
        JsonObject body = Json.parse(json).asObject();
        JsonValue input = Objects.requireNonNullElse(body.get("input"), JsonArray.EMPTY);
        boolean tokens =
                !input.elements().isEmpty() && input.elements().getFirst().number() != null;
        List<JsonValue> inputs = input.string() != null || tokens ? List.of(input) : input.elements();
        return new Embedding(
                model(body), model(body), rest(body, "input"), wire(Dialect.OPENAI_EMBEDDINGS, json), inputs);
    }

    /** Returns a call that makes images, from a client's body. */
    public static ImageCall image(String json) {
        JsonObject body = Json.parse(json).asObject();
        return new Image(
                model(body),
                model(body),
                rest(body, "prompt"),
                wire(Dialect.OPENAI_IMAGES, json),
                body.string("prompt", ""),
                List.of(),
                null);
    }

    /**
     * Returns a call that edits images.
     *
     * @param json the form's plain fields as a JSON object
     */
    public static ImageCall imageEdit(String json, List<? extends Blob> pictures, @Nullable Blob mask) {
        JsonObject form = Json.parse(json).asObject();
        return new Image(
                model(form),
                model(form),
                rest(form, "prompt"),
                null,
                form.string("prompt", ""),
                List.copyOf(pictures),
                mask);
    }

    /** Returns a speech call from a client's body. */
    public static SpeechCall speech(String json) {
        JsonObject body = Json.parse(json).asObject();
        return new Speech(
                model(body),
                model(body),
                rest(body, "input", "voice"),
                wire(new Dialect("openai-speech"), json),
                body.string("input", ""),
                body.string("voice", ""));
    }

    /**
     * Returns a transcription call.
     *
     * @param json the form's plain fields as a JSON object
     */
    public static TranscriptionCall transcription(String json, Blob audio, boolean translate) {
        JsonObject form = Json.parse(json).asObject();
        return new Transcription(model(form), model(form), rest(form), null, audio, translate);
    }

    /** Returns a moderation call from a client's body. */
    public static ModerationCall moderation(String json) {
        JsonObject body = Json.parse(json).asObject();
        return new Moderation(
                model(body),
                model(body),
                rest(body, "input"),
                wire(Dialect.OPENAI_MODERATION, json),
                Objects.requireNonNullElse(body.get("input"), JsonNull.NULL));
    }

    /** Returns a reranking call from a client's body; documents are texts or objects with a {@code text}. */
    public static RerankCall rerank(String json) {
        JsonObject body = Json.parse(json).asObject();
        List<String> documents = body.elements("documents").stream()
                .map(document -> document.string() == null ? document.string("text", "") : document.string())
                .toList();
        return new Rerank(
                model(body),
                model(body),
                rest(body, "query", "documents", "top_n"),
                wire(new Dialect("rerank"), json),
                body.string("query", ""),
                documents,
                (int) Math.clamp(body.longValue("top_n", 0), 0, Integer.MAX_VALUE));
    }

    private static String model(JsonObject body) {
        return body.string("model", "unknown");
    }

    private static JsonObject rest(JsonObject body, String... taken) {
        JsonObject.Builder rest = body.toBuilder().remove("model");
        for (String name : taken) {
            rest.remove(name);
        }
        return rest.build();
    }

    private static Wire wire(Dialect dialect, String json) {
        return WireBody.read(dialect, json.getBytes(StandardCharsets.UTF_8));
    }
}
