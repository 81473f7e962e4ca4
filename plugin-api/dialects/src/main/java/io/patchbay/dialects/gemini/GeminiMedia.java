package io.patchbay.dialects.gemini;

import io.patchbay.spi.Fault;
import io.patchbay.spi.FaultKind;
import io.patchbay.spi.Usage;
import io.patchbay.spi.json.JsonObject;
import io.patchbay.spi.json.JsonValue;
import io.patchbay.spi.media.Embeddings;
import io.patchbay.spi.media.ImageEvent;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads Google's answers beside chat: pictures of Gemini and of Imagen, and vectors. */
public final class GeminiMedia {
    private GeminiMedia() {}

    /** Reads {@code usageMetadata}. */
    public static Usage readUsage(JsonValue metadata) {
        return UsageMetadata.read(metadata.asObject());
    }

    /**
     * Reads the pictures of an answer: the inline data of Gemini's candidates, or Imagen's predictions; and the usage
     * when there is one. Returns an empty list when there are no pictures, see {@link #withheld}.
     */
    public static List<ImageEvent> readImages(JsonValue answer) {
        List<ImageEvent> events = new ArrayList<>();
        for (JsonValue candidate : answer.elements("candidates")) {
            JsonValue content = candidate.get("content");
            for (JsonValue part : content == null ? List.<JsonValue>of() : content.elements("parts")) {
                JsonValue data = part.get("inlineData");
                if (data != null && data.string("mimeType", "").startsWith("image/") && !part.flag("thought", false)) {
                    made(data, data.string("data"), events);
                }
            }
        }
        for (JsonValue prediction : answer.elements("predictions")) {
            made(prediction, prediction.string("bytesBase64Encoded"), events);
        }
        if (!events.isEmpty() && answer.get("usageMetadata") instanceof JsonObject usage) {
            events.add(new ImageEvent.Used(UsageMetadata.read(usage)));
        }
        return List.copyOf(events);
    }

    private static void made(JsonValue entry, @Nullable String base64, List<ImageEvent> events) {
        if (base64 != null && !base64.isEmpty()) {
            events.add(new ImageEvent.Made(null, base64, null, entry.asObject()));
        }
    }

    /**
     * Returns why an answer holds no pictures: a filter, words in place of a picture, or nothing that is known.
     *
     * @param answer what {@link #readImages} found none in
     */
    public static Fault withheld(JsonValue answer) {
        for (JsonValue prediction : answer.elements("predictions")) {
            String reason = prediction.string("raiFilteredReason");
            if (reason != null) {
                return filtered(reason);
            }
        }
        JsonValue blocked = answer.at("promptFeedback", "blockReason");
        if (blocked != null && blocked.string() != null) {
            return filtered(blocked.string());
        }
        JsonValue candidate = answer.at("candidates", 0);
        String word = candidate == null ? "" : candidate.string("finishReason", "");
        if (FinishReasons.isFilter(word)) {
            return filtered(word);
        }
        JsonValue text = answer.at("candidates", 0, "content", "parts", 0, "text");
        String words = text == null || text.string() == null ? "" : text.string();
        return Fault.builder(
                        FaultKind.UPSTREAM,
                        words.isEmpty()
                                ? "the upstream's answer holds no images"
                                : "the model answered with words in place of an image: " + cut(words))
                .sub("malformed_answer")
                .vendorCode(word.isEmpty() ? null : cut(word))
                .build();
    }

    private static Fault filtered(String reason) {
        return Fault.builder(FaultKind.CONTENT, "the upstream withheld the image: " + cut(reason))
                .sub("content_policy")
                .build();
    }

    private static String cut(String words) {
        return words.length() > 300 ? words.substring(0, 300) : words;
    }

    /**
     * Reads vectors: of {@code embeddings} or {@code embedding}, or of Vertex AI's predictions, which count their
     * tokens. Returns {@code null} when there are none, or one is not readable.
     */
    public static @Nullable Embeddings readEmbeddings(JsonValue answer) {
        List<JsonValue> entries = new ArrayList<>(answer.elements("embeddings"));
        if (answer.get("embedding") instanceof JsonObject one) {
            entries.add(one);
        }
        long tokens = 0;
        for (JsonValue prediction : answer.elements("predictions")) {
            JsonValue entry = prediction.get("embeddings");
            if (entry == null) {
                return null;
            }
            entries.add(entry);
            JsonValue statistics = entry.get("statistics");
            tokens += statistics == null ? 0 : Math.clamp(statistics.longValue("token_count", 0), 0, 1_000_000_000);
        }
        List<float[]> vectors = new ArrayList<>(entries.size());
        for (JsonValue entry : entries) {
            float[] vector = vector(entry.elements("values"));
            if (vector == null) {
                return null;
            }
            vectors.add(vector);
        }
        Usage usage = answer.get("usageMetadata") instanceof JsonObject metadata
                ? UsageMetadata.read(metadata)
                : Usage.of(tokens, 0);
        return vectors.isEmpty() ? null : new Embeddings(vectors, usage);
    }

    private static float @Nullable [] vector(List<JsonValue> values) {
        float[] vector = new float[values.size()];
        for (int i = 0; i < vector.length; i++) {
            BigDecimal number = values.get(i).number();
            vector[i] = number == null ? Float.NaN : number.floatValue();
            if (!Float.isFinite(vector[i])) {
                return null;
            }
        }
        return vector.length == 0 ? null : vector;
    }
}
