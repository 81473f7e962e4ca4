package io.patchbay.plugin.cohere;

import io.patchbay.spi.json.JsonArray;
import io.patchbay.spi.json.JsonNull;
import io.patchbay.spi.json.JsonObject;
import io.patchbay.spi.json.JsonValue;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Writes log probabilities in the form clients know. */
final class Logprobs {
    private Logprobs() {}

    /** Returns the member for the client, nothing when there are none. */
    static Optional<JsonObject> written(JsonValue told) {
        List<JsonValue> tokens = new ArrayList<>();
        for (JsonValue chunk : told instanceof JsonArray ? told.elements() : List.of(told)) {
            // One text may stand for several tokens: their texts are not told apart.
            double sum = 0.0;
            for (JsonValue value : chunk.elements("logprobs")) {
                BigDecimal number = value.number();
                sum += number == null ? 0 : number.doubleValue();
            }
            if (!chunk.elements("logprobs").isEmpty() && Double.isFinite(sum)) {
                tokens.add(JsonObject.builder()
                        .put("token", chunk.string("text", ""))
                        .put("logprob", JsonValue.of(sum))
                        .put("bytes", JsonNull.NULL)
                        .put("top_logprobs", JsonArray.EMPTY)
                        .build());
            }
        }
        if (tokens.isEmpty()) {
            return Optional.empty();
        }
        JsonObject content =
                JsonObject.builder().put("content", new JsonArray(tokens)).build();
        return Optional.of(JsonObject.builder().put("logprobs", content).build());
    }
}
