package io.patchbay.dialects.openai;

import io.patchbay.spi.Bytes;
import io.patchbay.spi.Usage;
import io.patchbay.spi.json.JsonArray;
import io.patchbay.spi.json.JsonException;
import io.patchbay.spi.json.JsonObject;
import io.patchbay.spi.json.JsonString;
import io.patchbay.spi.json.JsonValue;
import io.patchbay.spi.media.Embeddings;
import io.patchbay.spi.media.ImageEvent;
import io.patchbay.spi.media.Moderation;
import io.patchbay.spi.media.Transcript;
import java.util.ArrayList;
import java.util.List;

/** Reads and writes the answers of OpenAI's dialects beside chat. */
public final class OpenAiMedia {
    private OpenAiMedia() {}

    /** Reads a usage object of any of the dialects, by the names of chat or of the newer ones. */
    public static Usage readUsage(JsonValue usage) {
        return UsageJson.read(usage);
    }

    /** Writes a usage by the names of chat. */
    public static JsonObject writeUsage(Usage usage) {
        return UsageJson.write(usage);
    }

    /**
     * Reads vectors, be they lists of numbers or base64, in the order of the inputs.
     *
     * @throws UnreadableAnswer when there are none, or one is not readable
     */
    public static Embeddings readEmbeddings(JsonValue answer) {
        List<JsonValue> entries = answer.elements("data");
        if (entries.isEmpty()) {
            throw new UnreadableAnswer("the upstream's answer holds no vectors");
        }
        List<float[]> vectors = new ArrayList<>(entries.size());
        for (JsonValue entry : inOrder(entries)) {
            vectors.add(Vectors.read(entry.get("embedding")));
        }
        return new Embeddings(vectors, usage(answer));
    }

    /**
     * Writes vectors.
     *
     * @param base64 whether the client asked for base64, as the official SDKs do on their own
     */
    public static JsonObject writeEmbeddings(Embeddings embeddings, String model, boolean base64) {
        List<JsonValue> data = new ArrayList<>(embeddings.vectors().size());
        for (float[] vector : embeddings.vectors()) {
            data.add(JsonObject.builder()
                    .put("object", "embedding")
                    .put("index", data.size())
                    .put("embedding", base64 ? new JsonString(Vectors.base64(vector)) : Vectors.array(vector))
                    .build());
        }
        Usage usage = embeddings.usage();
        return JsonObject.builder()
                .put("object", "list")
                .put("model", model)
                .put("data", new JsonArray(data))
                .put(
                        "usage",
                        JsonObject.builder()
                                .put("prompt_tokens", usage.input())
                                .put("total_tokens", usage.input() + usage.output())
                                .build())
                .build();
    }

    /** Puts entries in the order of their {@code index} where all of them have one of their own. */
    private static List<JsonValue> inOrder(List<JsonValue> entries) {
        JsonValue[] ordered = new JsonValue[entries.size()];
        for (JsonValue entry : entries) {
            long index = entry.longValue("index", -1);
            if (index < 0 || index >= ordered.length || ordered[(int) index] != null) {
                return entries;
            }
            ordered[(int) index] = entry;
        }
        return List.of(ordered);
    }

    /**
     * Reads a whole answer with images, and the usage when there is one.
     *
     * @throws UnreadableAnswer when there are no images
     */
    public static List<ImageEvent> readImages(JsonValue answer) {
        List<JsonValue> entries =
                answer.elements("data").isEmpty() ? answer.elements("images") : answer.elements("data");
        List<ImageEvent> events = new ArrayList<>(entries.size() + 1);
        for (JsonValue entry : entries) {
            if (entry.string("url") != null || entry.string("b64_json") != null) {
                events.add(made(entry));
            }
        }
        if (events.isEmpty()) {
            throw new UnreadableAnswer("the upstream's answer holds no images");
        }
        used(answer, events);
        return List.copyOf(events);
    }

    /** Reads one event of an image stream; partial images and unknown events give nothing. */
    public static List<ImageEvent> readImageEvent(JsonValue payload) {
        List<ImageEvent> events = new ArrayList<>(2);
        if (payload.string("type", "").endsWith(".completed")) {
            events.add(made(payload));
            used(payload, events);
        }
        return List.copyOf(events);
    }

    private static ImageEvent made(JsonValue entry) {
        return new ImageEvent.Made(
                entry.string("url"), entry.string("b64_json"), entry.string("revised_prompt"), entry.asObject());
    }

    private static void used(JsonValue answer, List<ImageEvent> events) {
        if (answer.get("usage") instanceof JsonObject usage) {
            events.add(new ImageEvent.Used(UsageJson.read(usage)));
        }
    }

    /** Writes a whole answer with images, each as the upstream gave it. */
    public static JsonObject writeImages(List<ImageEvent> events, long createdSeconds) {
        List<JsonValue> data = new ArrayList<>();
        JsonObject usage = null;
        for (ImageEvent event : events) {
            switch (event) {
                case ImageEvent.Made made ->
                    data.add(JsonObject.builder()
                            .putIfPresent("url", made.url())
                            .putIfPresent("b64_json", made.base64())
                            .putIfPresent("revised_prompt", made.revisedPrompt())
                            .build());
                case ImageEvent.Used used -> usage = imageUsage(used.usage());
            }
        }
        return JsonObject.builder()
                .put("created", createdSeconds)
                .put("data", new JsonArray(data))
                .putIfPresent("usage", usage)
                .build();
    }

    private static JsonObject imageUsage(Usage usage) {
        return usage.raw().get("input_tokens") != null
                ? usage.raw()
                : JsonObject.builder()
                        .put("input_tokens", usage.input())
                        .put("output_tokens", usage.output())
                        .put("total_tokens", usage.input() + usage.output())
                        .build();
    }

    /**
     * Reads a transcription in any of its formats: JSON, plain text, SubRip or WebVTT.
     *
     * @param contentType the media type without parameters
     * @throws UnreadableAnswer when JSON was promised and there is none, or it has no text
     */
    public static Transcript readTranscript(String contentType, Bytes body) {
        String whole = body.utf8();
        if (!contentType.equals("application/json")) {
            return new Transcript(Subtitles.text(whole), contentType, whole, Usage.NONE);
        }
        JsonValue answer;
        try {
            answer = body.json();
        } catch (JsonException e) {
            throw new UnreadableAnswer("the upstream's transcription is no JSON");
        }
        String text = answer.string("text");
        if (text == null) {
            throw new UnreadableAnswer("the upstream's transcription holds no text");
        }
        return new Transcript(text, contentType, whole, usage(answer));
    }

    /**
     * Reads a moderation.
     *
     * @throws UnreadableAnswer when there are no results
     */
    public static Moderation readModeration(JsonValue answer) {
        List<JsonObject> results = new ArrayList<>();
        for (JsonValue result : answer.elements("results")) {
            if (result instanceof JsonObject object) {
                results.add(object);
            }
        }
        if (results.isEmpty()) {
            throw new UnreadableAnswer("the upstream's moderation holds no results");
        }
        return new Moderation(answer.string("id", ""), results);
    }

    /** Writes a moderation. */
    public static JsonObject writeModeration(Moderation moderation, String model) {
        return JsonObject.builder()
                .put("id", moderation.id())
                .put("model", model)
                .put("results", new JsonArray(List.copyOf(moderation.results())))
                .build();
    }

    private static Usage usage(JsonValue answer) {
        return answer.get("usage") instanceof JsonObject usage ? UsageJson.read(usage) : Usage.NONE;
    }
}
