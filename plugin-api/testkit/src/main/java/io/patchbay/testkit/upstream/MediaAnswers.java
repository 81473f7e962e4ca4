package io.patchbay.testkit.upstream;

import io.patchbay.spi.json.JsonArray;
import io.patchbay.spi.json.JsonObject;
import io.patchbay.spi.json.JsonValue;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Objects;

/** Canned answers of the addresses beside chat. Same request, same answer. */
final class MediaAnswers {
    private static final String PIXEL =
            "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==";

    private MediaAnswers() {}

    static Script embeddings(ReceivedRequest request, int dimensions) {
        JsonValue asked = request.json();
        JsonValue input = Objects.requireNonNullElse(asked.get("input"), JsonArray.EMPTY);
        boolean tokens =
                !input.elements().isEmpty() && input.elements().getFirst().number() != null;
        List<JsonValue> inputs = input.string() != null || tokens ? List.of(input) : input.elements();
        boolean base64 = "base64".equals(asked.string("encoding_format"));
        int size = Math.clamp(asked.longValue("dimensions", dimensions), 1, 4_096);
        List<JsonValue> data = new ArrayList<>();
        for (int i = 0; i < inputs.size(); i++) {
            float[] vector = vector(inputs.get(i).toJson().hashCode(), size);
            data.add(JsonObject.builder()
                    .put("object", "embedding")
                    .put("index", i)
                    .put("embedding", base64 ? JsonValue.of(base64(vector)) : numbers(vector))
                    .build());
        }
        long charged = 5L * inputs.size();
        String model = asked.string("model", "unknown");
        JsonObject usage = JsonObject.builder()
                .put("prompt_tokens", charged)
                .put("total_tokens", charged)
                .build();
        return Script.answer()
                .charging("embd-" + request.number(), model, charged, 0)
                .tellingUsage()
                .json(JsonObject.builder()
                        .put("object", "list")
                        .put("data", new JsonArray(data))
                        .put("model", model)
                        .put("usage", usage)
                        .build());
    }

    private static float[] vector(int seed, int size) {
        float[] vector = new float[size];
        long state = seed;
        for (int i = 0; i < size; i++) {
            state = state * 6_364_136_223_846_793_005L + 1_442_695_040_888_963_407L;
            vector[i] = (state >> 40) / (float) (1 << 24);
        }
        return vector;
    }

    private static JsonArray numbers(float[] vector) {
        List<JsonValue> numbers = new ArrayList<>(vector.length);
        for (float element : vector) {
            numbers.add(JsonValue.of((double) element));
        }
        return new JsonArray(numbers);
    }

    private static String base64(float[] vector) {
        ByteBuffer bytes = ByteBuffer.allocate(vector.length * 4).order(ByteOrder.LITTLE_ENDIAN);
        for (float element : vector) {
            bytes.putFloat(element);
        }
        return Base64.getEncoder().encodeToString(bytes.array());
    }

    static Script images(ReceivedRequest request) {
        boolean form = !request.parts().isEmpty();
        String format =
                form ? request.formText("response_format") : request.json().string("response_format");
        String model = form ? request.formText("model") : request.json().string("model");
        String countText = form ? request.formText("n") : null;
        long count = countText != null
                ? Long.parseLong(countText)
                : form ? 1 : request.json().longValue("n", 1);
        List<JsonValue> data = new ArrayList<>();
        for (int i = 0; i < Math.clamp(count, 1, 10); i++) {
            JsonObject.Builder image = JsonObject.builder();
            if ("url".equals(format)) {
                image.put("url", "https://images.invalid/" + request.number() + "-" + i + ".png");
            } else {
                image.put("b64_json", PIXEL);
            }
            data.add(image.put("revised_prompt", "a picture").build());
        }
        long output = 100L * data.size();
        JsonObject usage = JsonObject.builder()
                .put("input_tokens", 12)
                .put("output_tokens", output)
                .put("total_tokens", 12 + output)
                .build();
        return Script.answer()
                .charging("img-" + request.number(), model == null ? "unknown" : model, 12, output)
                .tellingUsage()
                .json(JsonObject.builder()
                        .put("created", 1_770_000_000L)
                        .put("data", new JsonArray(data))
                        .put("usage", usage)
                        .build());
    }

    static Script speech(byte[] audio) {
        Script script = Script.answer().header("content-type", "audio/mpeg");
        for (int from = 0; from < audio.length; from += 1_024) {
            script = script.chunk(Arrays.copyOfRange(audio, from, Math.min(audio.length, from + 1_024)));
        }
        return script;
    }

    static Script transcription(ReceivedRequest request, String text) {
        String format = Objects.requireNonNullElse(request.formText("response_format"), "json");
        JsonObject.Builder body = JsonObject.builder().put("text", text);
        return switch (format) {
            case "text" -> Script.answer().text("text/plain; charset=utf-8", text + "\n");
            case "srt" ->
                Script.answer().text("text/plain; charset=utf-8", "1\n00:00:00,000 --> 00:00:01,000\n" + text + "\n\n");
            case "vtt" ->
                Script.answer()
                        .text("text/plain; charset=utf-8", "WEBVTT\n\n00:00:00.000 --> 00:00:01.000\n" + text + "\n\n");
            case "verbose_json" ->
                Script.answer()
                        .json(body.put("task", "transcribe")
                                .put("language", "english")
                                .put("duration", 1)
                                .put("segments", JsonArray.EMPTY)
                                .build());
            default ->
                Script.answer()
                        .json(body.put(
                                        "usage",
                                        JsonObject.builder()
                                                .put("type", "tokens")
                                                .put("input_tokens", 14)
                                                .put("output_tokens", 3)
                                                .put("total_tokens", 17)
                                                .build())
                                .build());
        };
    }

    static Script moderations(ReceivedRequest request) {
        JsonValue input = Objects.requireNonNullElse(request.json().get("input"), JsonArray.EMPTY);
        boolean strings =
                !input.elements().isEmpty() && input.elements().getFirst().string() != null;
        List<JsonValue> inputs = strings ? input.elements() : List.of(input);
        List<JsonValue> results = new ArrayList<>();
        for (JsonValue one : inputs) {
            boolean flagged = one.toJson().contains("violence");
            results.add(JsonObject.builder()
                    .put("flagged", flagged)
                    .put(
                            "categories",
                            JsonObject.builder().put("violence", flagged).build())
                    .put(
                            "category_scores",
                            JsonObject.builder()
                                    .put("violence", JsonValue.of(flagged ? 0.9 : 0.01))
                                    .build())
                    .build());
        }
        return Script.answer()
                .json(JsonObject.builder()
                        .put("id", "modr-" + request.number())
                        .put("model", request.json().string("model", "omni-moderation-latest"))
                        .put("results", new JsonArray(results))
                        .build());
    }
}
