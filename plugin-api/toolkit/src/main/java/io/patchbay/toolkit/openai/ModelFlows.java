package io.patchbay.toolkit.openai;

import io.patchbay.spi.Flow;
import io.patchbay.spi.ModelInfo;
import io.patchbay.spi.http.Answer;
import io.patchbay.spi.json.JsonArray;
import io.patchbay.spi.json.JsonValue;
import io.patchbay.toolkit.Flows;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** {@code GET /v1/models}. */
final class ModelFlows {
    private ModelFlows() {}

    static Flow<ModelInfo> list(OpenAiUpstream upstream) {
        return Flows.pages(upstream.get("models"), ModelFlows::read);
    }

    /** Reads the list, also where a server of the dialect answers with a bare array. */
    private static Flows.@Nullable Page<ModelInfo> read(Answer answer) {
        JsonValue body = answer.json();
        JsonValue list = body instanceof JsonArray ? body : body == null ? null : body.get("data");
        if (!(list instanceof JsonArray)) {
            return null;
        }
        List<ModelInfo> models = new ArrayList<>();
        for (JsonValue entry : list.elements()) {
            String id = entry.string("id");
            if (id != null) {
                models.add(new ModelInfo(id, entry.string("owned_by", ""), entry.asObject()));
            }
        }
        return Flows.Page.last(models);
    }
}
