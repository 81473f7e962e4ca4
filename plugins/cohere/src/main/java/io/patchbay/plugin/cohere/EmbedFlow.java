package io.patchbay.plugin.cohere;

import io.patchbay.spi.Flow;
import io.patchbay.spi.Usage;
import io.patchbay.spi.http.Answer;
import io.patchbay.spi.http.Body;
import io.patchbay.spi.json.Json;
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
import org.jspecify.annotations.Nullable;

/** {@code POST /v2/embed}, as often as the inputs need. */
final class EmbedFlow {
    /** Cohere, Embed API, {@code texts}, read 2026-11. */
    private static final int MOST_TEXTS = 96;
    /** 96 vectors of 1,536 numbers are some 3 MB. */
    private static final int LIMIT = 32 * 1024 * 1024;

    private static final Set<String> KNOWN =
            Set.of("dimensions", "input_type", "truncate", "encoding_format", "priority");
    private static final JsonValue FLOAT = Json.parse("[\"float\"]");

    private EmbedFlow() {}

    static Flow<Embeddings> of(EmbeddingCall call, CohereServer server) {
        return turn -> {
            JsonObject settings = DialectMedia.known(turn, call, KNOWN);
            return new EmbeddingBatches(
                            MOST_TEXTS,
                            LIMIT,
                            texts -> server.post("embed").body(Body.json(body(call.model(), texts, settings))),
                            EmbedFlow::read,
                            Answer::fault)
                    .of(call)
                    .begin(turn);
        };
    }

    private static JsonObject body(String model, List<JsonValue> texts, JsonObject settings) {
        return JsonObject.builder()
                .put("model", model)
                .put("texts", new JsonArray(texts))
                .put("input_type", settings.string("input_type", "search_document"))
                .put("embedding_types", FLOAT)
                .putIfPresent("output_dimension", settings.get("dimensions"))
                .putIfPresent("truncate", settings.get("truncate"))
                .putIfPresent("priority", settings.get("priority"))
                .build();
    }

    private static @Nullable Embeddings read(JsonValue body) {
        JsonValue floats = body.at("embeddings", "float");
        if (floats == null) {
            return null;
        }
        List<float[]> vectors = new ArrayList<>();
        for (JsonValue vector : floats.elements()) {
            float[] numbers = new float[vector.elements().size()];
            for (int i = 0; i < numbers.length; i++) {
                JsonValue number = vector.elements().get(i);
                numbers[i] = number.number() == null ? 0 : number.number().floatValue();
            }
            vectors.add(numbers);
        }
        JsonValue billed = body.at("meta", "billed_units");
        return new Embeddings(vectors, Usage.of(billed == null ? 0 : billed.longValue("input_tokens", 0), 0));
    }
}
