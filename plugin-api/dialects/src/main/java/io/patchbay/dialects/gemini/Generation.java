package io.patchbay.dialects.gemini;

import io.patchbay.spi.json.JsonArray;
import io.patchbay.spi.json.JsonBoolean;
import io.patchbay.spi.json.JsonNumber;
import io.patchbay.spi.json.JsonObject;
import io.patchbay.spi.json.JsonString;
import io.patchbay.spi.json.JsonValue;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Writes {@code generationConfig}. Ranges by GenerationConfig, read 2026-11. */
final class Generation {
    private static final int MOST_STOPS = 5;
    private static final int MOST_CHOICES = 8;
    private static final int MOST_LOGPROBS = 20;

    private final Fields fields;
    private final GeminiModel model;
    private final JsonObject.Builder config = JsonObject.builder();

    private Generation(Fields fields, GeminiModel model) {
        this.fields = fields;
        this.model = model;
    }

    /** Writes the block unless it is empty. */
    static void write(Fields fields, GeminiModel model, boolean functions, JsonObject.Builder body) {
        Generation generation = new Generation(fields, model);
        generation.sampling();
        generation.logprobs();
        generation.format(functions);
        generation.modalities();
        generation.config.putIfPresent("thinkingConfig", Thinking.write(fields, model));
        JsonObject config = generation.config.build();
        if (!config.isEmpty()) {
            body.put("generationConfig", config);
        }
    }

    private void sampling() {
        number("temperature", "temperature", 0, 2);
        number("top_p", "topP", 0, 1);
        whole("top_k", "topK", 1, Integer.MAX_VALUE);
        whole("n", "candidateCount", 1, MOST_CHOICES);
        fields.take("max_tokens");
        fields.take("max_completion_tokens");
        Long most = fields.request().maxTokens();
        config.putIfPresent("maxOutputTokens", most == null ? null : Math.min(most, Integer.MAX_VALUE));
        fields.take("stop");
        List<JsonValue> stops = new ArrayList<>();
        for (String stop : fields.request().stop()) {
            if (!stop.isEmpty()) {
                stops.add(new JsonString(stop));
            }
        }
        if (stops.size() > MOST_STOPS) {
            fields.lose("stop");
            stops = stops.subList(0, MOST_STOPS);
        }
        if (!stops.isEmpty()) {
            config.put("stopSequences", new JsonArray(stops));
        }
        whole("seed", "seed", Integer.MIN_VALUE, Integer.MAX_VALUE);
        penalty("presence_penalty", "presencePenalty");
        penalty("frequency_penalty", "frequencyPenalty");
    }

    private void number(String ours, String theirs, double least, double most) {
        Double number = fields.number(ours, least, most);
        config.putIfPresent(theirs, number == null ? null : JsonValue.of(number));
    }

    private void whole(String ours, String theirs, long least, long most) {
        Long number = fields.whole(ours, least, most);
        // One choice is what comes without asking, and some models refuse to be asked.
        if (number != null && !(ours.equals("n") && number == 1)) {
            config.put(theirs, number);
        }
    }

    /** A penalty of nothing is left out, because some models refuse the field itself. */
    private void penalty(String ours, String theirs) {
        Double number = fields.number(ours, -2, 2);
        if (number != null && number != 0) {
            config.put(theirs, JsonValue.of(number));
        }
    }

    private void logprobs() {
        boolean wanted = JsonBoolean.TRUE.equals(fields.take("logprobs"));
        Long most = fields.whole("top_logprobs", 0, MOST_LOGPROBS);
        if (wanted) {
            config.put("responseLogprobs", true);
            config.putIfPresent("logprobs", most == null || most == 0 ? null : new JsonNumber(most.toString()));
        }
    }

    private void format(boolean functions) {
        JsonValue format = fields.take("response_format");
        String type = format == null ? "text" : format.string("type", "text");
        if (format == null || !type.startsWith("json")) {
            return;
        }
        if (functions && !model.isThird()) {
            // Such a model refuses the two together; without its functions the client's program would not work at all.
            fields.lose("response_format");
            return;
        }
        config.put("responseMimeType", "application/json");
        if (format.at("json_schema", "schema") instanceof JsonObject schema && !schema.isEmpty()) {
            boolean whole = model.takesJsonSchema();
            config.put(
                    whole ? "responseJsonSchema" : "responseSchema",
                    whole ? References.inlined(schema) : OpenApiSchema.of(schema));
        }
    }

    private void modalities() {
        List<JsonValue> modalities = new ArrayList<>();
        JsonValue asked = fields.take("modalities");
        if (asked != null) {
            for (JsonValue one : asked.elements()) {
                modalities.add(new JsonString(String.valueOf(one.string()).toUpperCase(Locale.ROOT)));
            }
        }
        if (modalities.isEmpty() && model.makesPictures()) {
            modalities = List.of(new JsonString("TEXT"), new JsonString("IMAGE"));
        } else if (model.speaks()) {
            modalities = List.of(new JsonString("AUDIO"));
        }
        if (!modalities.isEmpty()) {
            config.put("responseModalities", new JsonArray(modalities));
        }
        config.putIfPresent("imageConfig", picture());
        JsonValue audio = fields.take("audio");
        String voice = audio == null ? null : audio.string("voice");
        if (voice != null) {
            config.put("speechConfig", speech(voice));
        }
    }

    private @Nullable JsonObject picture() {
        JsonValue given = fields.take("image_config");
        if (!(given instanceof JsonObject)) {
            return null;
        }
        return JsonObject.builder()
                .putIfPresent("aspectRatio", given.string("aspect_ratio"))
                .putIfPresent("imageSize", given.string("image_size"))
                .build();
    }

    private static JsonObject speech(String voice) {
        JsonObject named = JsonObject.builder().put("voiceName", voice).build();
        JsonObject config =
                JsonObject.builder().put("prebuiltVoiceConfig", named).build();
        return JsonObject.builder().put("voiceConfig", config).build();
    }
}
