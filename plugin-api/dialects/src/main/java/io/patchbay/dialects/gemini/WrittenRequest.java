package io.patchbay.dialects.gemini;

import io.patchbay.spi.chat.ChatRequest;
import io.patchbay.spi.json.JsonArray;
import io.patchbay.spi.json.JsonObject;
import io.patchbay.spi.json.JsonValue;
import java.util.Set;

/**
 * A request as Google wants it. The model and whether to stream are no members: both are said by the address.
 *
 * @param body the request
 * @param lost the client's fields that are not in it
 */
record WrittenRequest(JsonObject body, Set<String> lost) {
    static WrittenRequest of(ChatRequest request, String name) {
        GeminiModel model = GeminiModel.of(name);
        Fields fields = new Fields(request);
        JsonObject.Builder body = JsonObject.builder();
        Contents.write(fields, model, body);
        boolean functions = Tools.write(fields, model, body);
        Generation.write(fields, model, functions, body);
        for (String given : new String[] {"safetySettings", "safety_settings"}) {
            if (fields.take(given) instanceof JsonArray settings) {
                body.put("safetySettings", settings);
            }
        }
        JsonValue cached = fields.take("cached_content");
        cached = cached == null ? fields.google("cached_content") : cached;
        if (cached != null && cached.string() != null) {
            body.put("cachedContent", cached.string());
        }
        return new WrittenRequest(body.build(), fields.lost());
    }
}
