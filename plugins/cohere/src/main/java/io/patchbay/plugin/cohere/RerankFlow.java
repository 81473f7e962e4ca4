package io.patchbay.plugin.cohere;

import io.patchbay.spi.Flow;
import io.patchbay.spi.Usage;
import io.patchbay.spi.http.Answer;
import io.patchbay.spi.http.Body;
import io.patchbay.spi.json.JsonArray;
import io.patchbay.spi.json.JsonObject;
import io.patchbay.spi.json.JsonValue;
import io.patchbay.spi.media.RerankCall;
import io.patchbay.spi.media.Reranked;
import io.patchbay.toolkit.DialectMedia;
import io.patchbay.toolkit.Flows;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** {@code POST /v2/rerank}. */
final class RerankFlow {
    /** The documents themselves are told to the client by the host. */
    private static final Set<String> KNOWN = Set.of("max_tokens_per_doc", "return_documents", "priority");

    private RerankFlow() {}

    static Flow<Reranked> of(RerankCall call, CohereServer server) {
        return turn -> {
            JsonObject settings = DialectMedia.known(turn, call, KNOWN);
            JsonObject body = JsonObject.builder()
                    .put("model", call.model())
                    .put("query", call.query())
                    .put("documents", JsonArray.ofStrings(call.documents()))
                    .putIfPresent("top_n", call.most() > 0 ? Integer.valueOf(call.most()) : null)
                    .putIfPresent("max_tokens_per_doc", settings.get("max_tokens_per_doc"))
                    .putIfPresent("priority", settings.get("priority"))
                    .build();
            return Flows.value(server.post("rerank").body(Body.json(body)), RerankFlow::read)
                    .begin(turn);
        };
    }

    private static @Nullable Reranked read(Answer answer) {
        JsonValue body = answer.json();
        if (body == null || !(body.get("results") instanceof JsonArray results)) {
            return null;
        }
        List<Reranked.Hit> hits = new ArrayList<>();
        for (JsonValue result : results.elements()) {
            JsonValue score = result.get("relevance_score");
            long index = result.longValue("index", -1);
            if (index < 0 || index > Integer.MAX_VALUE || score == null || score.number() == null) {
                return null;
            }
            hits.add(new Reranked.Hit((int) index, score.number().doubleValue()));
        }
        // Charged are searches, not tokens: who wants to know finds them in the raw usage.
        JsonValue meta = body.get("meta");
        Usage usage = Usage.builder()
                .raw(meta == null ? JsonObject.EMPTY : meta.asObject())
                .build();
        return new Reranked(body.string("id", ""), hits, usage);
    }
}
