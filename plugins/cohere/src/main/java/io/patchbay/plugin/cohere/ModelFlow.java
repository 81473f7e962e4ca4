package io.patchbay.plugin.cohere;

import io.patchbay.spi.Flow;
import io.patchbay.spi.ModelInfo;
import io.patchbay.spi.http.HttpRequest;
import io.patchbay.spi.json.JsonArray;
import io.patchbay.spi.json.JsonValue;
import io.patchbay.toolkit.Flows;
import java.util.ArrayList;
import java.util.List;

/** {@code GET /v1/models}, page by page. */
final class ModelFlow {
    private ModelFlow() {}

    static Flow<ModelInfo> of(CohereServer server) {
        return Flows.pages(page(server), answer -> {
            JsonValue body = answer.json();
            if (body == null || !(body.get("models") instanceof JsonArray list)) {
                return null;
            }
            List<ModelInfo> models = new ArrayList<>();
            for (JsonValue model : list.elements()) {
                String name = model.string("name");
                if (name != null) {
                    models.add(new ModelInfo(name, "cohere", model.asObject()));
                }
            }
            String next = body.string("next_page_token", "");
            return next.isEmpty()
                    ? Flows.Page.last(models)
                    : new Flows.Page<>(models, page(server).query("page_token", next));
        });
    }

    private static HttpRequest.Builder page(CohereServer server) {
        return server.get("models").query("page_size", "1000");
    }
}
