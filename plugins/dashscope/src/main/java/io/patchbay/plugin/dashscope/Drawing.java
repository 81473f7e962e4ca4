package io.patchbay.plugin.dashscope;

import io.patchbay.spi.http.Answer;
import io.patchbay.spi.json.JsonArray;
import io.patchbay.spi.json.JsonObject;
import io.patchbay.spi.json.JsonValue;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Pictures that are made at once, on the path of models that see. */
final class Drawing {
    /** The settings these models know; {@code size} is written with an asterisk. */
    static final Set<String> KNOWN =
            Set.of("size", "n", "seed", "negative_prompt", "prompt_extend", "watermark", "style");

    private Drawing() {}

    /**
     * Returns the body.
     *
     * @param pictures addresses or data URLs
     */
    static JsonObject body(String model, String prompt, List<JsonValue> pictures, JsonObject settings) {
        List<JsonValue> content = new ArrayList<>();
        pictures.forEach(picture ->
                content.add(JsonObject.builder().put("image", picture).build()));
        content.add(JsonObject.builder().put("text", prompt).build());
        JsonObject message = JsonObject.builder()
                .put("role", "user")
                .put("content", new JsonArray(content))
                .build();
        return JsonObject.builder()
                .put("model", model)
                .put(
                        "input",
                        JsonObject.builder()
                                .put("messages", new JsonArray(List.of(message)))
                                .build())
                .put("parameters", parameters(settings))
                .build();
    }

    /** Returns the settings as the vendor writes them. */
    static JsonObject parameters(JsonObject settings) {
        String size = settings.string("size", "");
        JsonObject.Builder all = settings.toBuilder();
        if (size.matches("\\d+[xX]\\d+")) {
            all.put("size", size.replace('x', '*').replace('X', '*'));
        } else if (size.equals("auto")) {
            all.remove("size");
        }
        return all.build();
    }

    /** Returns the addresses of the pictures in an answer; empty when it is none. */
    static List<String> pictures(Answer answer) {
        List<String> all = new ArrayList<>();
        JsonValue body = answer.ok() ? answer.json() : null;
        JsonValue output = body == null ? null : body.get("output");
        for (JsonValue choice : output == null ? List.<JsonValue>of() : output.elements("choices")) {
            JsonValue message = choice.get("message");
            for (JsonValue part : message == null ? List.<JsonValue>of() : message.elements("content")) {
                String url = part.string("image");
                if (url != null) {
                    all.add(url);
                }
            }
        }
        return all;
    }
}
