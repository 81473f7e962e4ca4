package io.patchbay.plugin.cohere;

import io.patchbay.spi.Fault;
import io.patchbay.spi.FaultKind;
import io.patchbay.spi.Flow;
import io.patchbay.spi.Next;
import io.patchbay.spi.Turn;
import io.patchbay.spi.Usage;
import io.patchbay.spi.http.Answer;
import io.patchbay.spi.http.Body;
import io.patchbay.spi.json.Json;
import io.patchbay.spi.json.JsonArray;
import io.patchbay.spi.json.JsonObject;
import io.patchbay.spi.json.JsonValue;
import io.patchbay.spi.media.EmbeddingCall;
import io.patchbay.spi.media.Embeddings;
import io.patchbay.toolkit.Flows;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** {@code POST /v2/embed}, as often as the inputs need. */
final class EmbedFlow implements Flow<Embeddings> {
    /** Cohere, Embed API, {@code texts}, read 2026-11. */
    private static final int MOST_TEXTS = 96;
    /** 96 vectors of 1,536 numbers are some 3 MB. */
    private static final int LIMIT = 32 * 1024 * 1024;

    private static final Set<String> KNOWN =
            Set.of("dimensions", "input_type", "truncate", "encoding_format", "priority");
    private static final JsonValue FLOAT = Json.parse("[\"float\"]");

    private final EmbeddingCall call;
    private final CohereServer server;
    private final List<float[]> vectors = new ArrayList<>();
    private long tokens;

    EmbedFlow(EmbeddingCall call, CohereServer server) {
        this.call = call;
        this.server = server;
    }

    @Override
    public Next begin(Turn<Embeddings> turn) {
        if (call.inputs().stream().anyMatch(input -> input.string() == null)) {
            return Next.fail(Fault.of(FaultKind.BAD_REQUEST, "Cohere embeds texts only, no token numbers"));
        }
        Set<String> dropped = new TreeSet<>(call.settings().members().keySet());
        dropped.removeAll(KNOWN);
        if (!dropped.isEmpty()) {
            turn.dropped(dropped);
        }
        return ask(turn, call.inputs());
    }

    private Next ask(Turn<Embeddings> turn, List<JsonValue> left) {
        int count = Math.min(MOST_TEXTS, left.size());
        JsonObject settings = call.settings();
        JsonObject body = JsonObject.builder()
                .put("model", call.model())
                .put("texts", new JsonArray(left.subList(0, count)))
                .put("input_type", settings.string("input_type", "search_document"))
                .put("embedding_types", FLOAT)
                .putIfPresent("output_dimension", settings.get("dimensions"))
                .putIfPresent("truncate", settings.get("truncate"))
                .putIfPresent("priority", settings.get("priority"))
                .build();
        return Flows.send(
                server.post("embed").body(Body.json(body)),
                built -> Next.ask(built, LIMIT, answer -> read(turn, answer, left, count)));
    }

    private Next read(Turn<Embeddings> turn, Answer answer, List<JsonValue> left, int count) {
        JsonValue body = answer.ok() ? answer.json() : null;
        JsonValue floats = body == null ? null : body.at("embeddings", "float");
        if (body == null || floats == null || floats.elements().size() != count) {
            return Next.fail(answer.fault());
        }
        for (JsonValue vector : floats.elements()) {
            float[] numbers = new float[vector.elements().size()];
            for (int i = 0; i < numbers.length; i++) {
                JsonValue number = vector.elements().get(i);
                numbers[i] = number.number() == null ? 0 : number.number().floatValue();
            }
            vectors.add(numbers);
        }
        JsonValue billed = body.at("meta", "billed_units");
        tokens += billed == null ? 0 : billed.longValue("input_tokens", 0);
        if (count < left.size()) {
            return ask(turn, left.subList(count, left.size()));
        }
        turn.emit(new Embeddings(vectors, Usage.of(tokens, 0)));
        return Next.done();
    }
}
