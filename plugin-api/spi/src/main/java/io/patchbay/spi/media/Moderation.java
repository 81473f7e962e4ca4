package io.patchbay.spi.media;

import io.patchbay.spi.json.JsonObject;
import java.util.List;

/**
 * A verdict.
 *
 * @param id the vendor's id of the answer
 * @param results one per input, in the OpenAI form
 */
public record Moderation(String id, List<JsonObject> results) {
    public Moderation {
        results = List.copyOf(results);
    }
}
