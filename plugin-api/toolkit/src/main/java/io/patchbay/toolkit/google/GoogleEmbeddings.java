package io.patchbay.toolkit.google;

import io.patchbay.dialects.gemini.GeminiMedia;
import io.patchbay.spi.Fault;
import io.patchbay.spi.Flow;
import io.patchbay.spi.http.Answer;
import io.patchbay.spi.http.Body;
import io.patchbay.spi.http.HttpRequest;
import io.patchbay.spi.json.JsonArray;
import io.patchbay.spi.json.JsonObject;
import io.patchbay.spi.json.JsonValue;
import io.patchbay.spi.media.EmbeddingCall;
import io.patchbay.spi.media.Embeddings;
import io.patchbay.toolkit.DialectMedia;
import io.patchbay.toolkit.EmbeddingBatches;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;

/** Turns texts into vectors, in as many requests as it takes. */
public final class GoogleEmbeddings {
    /** Google's own API refuses more in one batch (Embeddings, read 2026-11). */
    private static final int MOST_OF_BATCH = 100;

    /** Vertex AI takes so many of its older models, and one of Gemini's (Text embeddings API, read 2026-11). */
    private static final int MOST_OF_PREDICTION = 250;

    /** 250 vectors of 3,072 dimensions in decimal text are 17 MB. */
    private static final int LIMIT = 64 * 1024 * 1024;

    private final EmbeddingCall call;
    private final Supplier<HttpRequest.Builder> request;
    private final Function<Answer, Fault> faults;

    private GoogleEmbeddings(
            EmbeddingCall call, Supplier<HttpRequest.Builder> request, Function<Answer, Fault> faults) {
        this.call = call;
        this.request = request;
        this.faults = faults;
    }

    /** Returns the flow of {@code :batchEmbedContents}, which tells no usage. */
    public static Flow<Embeddings> batches(
            EmbeddingCall call, Supplier<HttpRequest.Builder> request, Function<Answer, Fault> faults) {
        GoogleEmbeddings embeddings = new GoogleEmbeddings(call, request, faults);
        String model = ModelPath.of(call.model());
        return embeddings.flow(MOST_OF_BATCH, (texts, settings) -> {
            List<JsonValue> requests = new ArrayList<>();
            texts.forEach(text -> requests.add(content(model, text, settings)));
            return JsonObject.builder().put("requests", new JsonArray(requests)).build();
        });
    }

    /** Returns the flow of Vertex AI's {@code :predict}. */
    public static Flow<Embeddings> predictions(
            EmbeddingCall call, Supplier<HttpRequest.Builder> request, Function<Answer, Fault> faults) {
        GoogleEmbeddings embeddings = new GoogleEmbeddings(call, request, faults);
        int most = call.model().contains("gemini-embedding") ? 1 : MOST_OF_PREDICTION;
        return embeddings.flow(most, (texts, settings) -> {
            List<JsonValue> instances = new ArrayList<>();
            texts.forEach(text -> instances.add(JsonObject.builder()
                    .put("content", text)
                    .putIfPresent("task_type", settings.get("task_type"))
                    .putIfPresent("title", settings.get("title"))
                    .build()));
            JsonObject.Builder body = JsonObject.builder().put("instances", new JsonArray(instances));
            if (settings.get("dimensions") != null) {
                body.put(
                        "parameters",
                        JsonObject.builder()
                                .putIfPresent("outputDimensionality", settings.get("dimensions"))
                                .build());
            }
            return body.build();
        });
    }

    private interface Writer {
        JsonObject body(List<JsonValue> texts, JsonObject settings);
    }

    private static JsonObject content(String model, JsonValue text, JsonObject settings) {
        JsonObject part = JsonObject.builder().put("text", text).build();
        return JsonObject.builder()
                .put("model", model)
                .put(
                        "content",
                        JsonObject.builder()
                                .put("parts", new JsonArray(List.of(part)))
                                .build())
                .putIfPresent("taskType", settings.get("task_type"))
                .putIfPresent("title", settings.get("title"))
                .putIfPresent("outputDimensionality", settings.get("dimensions"))
                .build();
    }

    private Flow<Embeddings> flow(int most, Writer writer) {
        return turn -> {
            JsonObject settings = DialectMedia.known(turn, call, Set.of("dimensions", "task_type", "title"));
            return new EmbeddingBatches(
                            most,
                            LIMIT,
                            texts -> request.get().body(Body.json(writer.body(texts, settings))),
                            GeminiMedia::readEmbeddings,
                            faults)
                    .of(call)
                    .begin(turn);
        };
    }
}
