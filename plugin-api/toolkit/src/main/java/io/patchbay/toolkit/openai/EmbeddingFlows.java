package io.patchbay.toolkit.openai;

import io.patchbay.dialects.openai.OpenAiMedia;
import io.patchbay.spi.Flow;
import io.patchbay.spi.json.JsonArray;
import io.patchbay.spi.json.JsonObject;
import io.patchbay.spi.json.JsonValue;
import io.patchbay.spi.media.EmbeddingCall;
import io.patchbay.spi.media.Embeddings;
import io.patchbay.toolkit.Flows;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** {@code POST /v1/embeddings}. */
final class EmbeddingFlows {
    /** 2,048 inputs of 3,072 dimensions are 34 MB in base64. */
    private static final int LIMIT = 64 * 1024 * 1024;

    private EmbeddingFlows() {}

    static Flow<Embeddings> embed(EmbeddingCall call, OpenAiUpstream upstream) {
        // OpenAI is asked for base64 whatever the client wants, because it is exact and a fifth of the size of decimal
        // text; the host writes the vectors in the client's form. Other servers do not all know it.
        Map<String, JsonValue> set = upstream.official() ? Map.of("encoding_format", JsonValue.of("base64")) : Map.of();
        JsonObject own =
                JsonObject.builder().put("input", new JsonArray(call.inputs())).build();
        return turn -> Flows.pages(
                        upstream.post(call.model(), "embeddings").body(MediaBody.of(turn, call, own, set, Set.of())),
                        LIMIT,
                        MediaAnswer.by(body -> List.of(OpenAiMedia.readEmbeddings(body))))
                .begin(turn);
    }
}
