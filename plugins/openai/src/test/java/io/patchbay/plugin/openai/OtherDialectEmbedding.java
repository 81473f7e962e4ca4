package io.patchbay.plugin.openai;

import io.patchbay.spi.chat.Wire;
import io.patchbay.spi.json.JsonObject;
import io.patchbay.spi.json.JsonValue;
import io.patchbay.spi.media.EmbeddingCall;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** An embedding call as the host makes it for a client whose body it had to translate. */
record OtherDialectEmbedding(String model, List<String> texts) implements EmbeddingCall {
    @Override
    public String publicModel() {
        return model;
    }

    @Override
    public JsonObject settings() {
        return JsonObject.builder().put("dimensions", 256).build();
    }

    @Override
    public @Nullable Wire wire() {
        return null;
    }

    @Override
    public List<JsonValue> inputs() {
        return texts.stream().map(JsonValue::of).toList();
    }
}
