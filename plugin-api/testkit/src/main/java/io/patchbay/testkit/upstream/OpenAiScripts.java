package io.patchbay.testkit.upstream;

import io.patchbay.spi.chat.ChatMessage.ToolCall;
import io.patchbay.spi.json.JsonArray;
import io.patchbay.spi.json.JsonObject;
import io.patchbay.spi.json.JsonValue;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Answers in the shapes of the OpenAI API, to be given to {@link ScriptedUpstream#on}. */
public final class OpenAiScripts {
    private OpenAiScripts() {}

    /** Answers a chat with these words, as a stream or whole, as the request asks. */
    public static ChatAnswer text(String model, String... words) {
        return new ChatAnswer().model(model).words(words);
    }

    /** Answers a chat with these words in the name of whatever model was asked. */
    public static ChatAnswer echoModel(String... words) {
        return new ChatAnswer().words(words);
    }

    /** Answers a chat with so many words {@code w1 w2 …}. */
    public static ChatAnswer words(String model, int count) {
        String[] words = new String[count];
        Arrays.setAll(words, i -> (i == 0 ? "w" : " w") + (i + 1));
        return text(model, words);
    }

    /** Answers a chat by calling these tools, arguments cut in two. */
    public static ChatAnswer tools(String model, ToolCall... calls) {
        return new ChatAnswer().model(model).calls(calls);
    }

    /** Answers a chat with the number of pictures in it: {@code images: 2}. */
    public static Function<ReceivedRequest, Script> vision(String model) {
        return request -> {
            long count = 0;
            for (JsonValue message : request.json().elements("messages")) {
                count += message.elements("content").stream()
                        .filter(part -> "image_url".equals(part.string("type")))
                        .count();
            }
            return text(model, "images: ", Long.toString(count)).apply(request);
        };
    }

    /** Answers with an error in OpenAI's form. */
    public static Script error(int status, String type, @Nullable String code, String message) {
        return Script.answer(status).json(errorJson(type, code, message));
    }

    /** Returns an error object in OpenAI's form, as it also appears inside a stream. */
    public static JsonObject errorJson(String type, @Nullable String code, String message) {
        JsonObject error = JsonObject.builder()
                .put("message", message)
                .put("type", type)
                .put("param", (String) null)
                .put("code", code)
                .build();
        return JsonObject.builder().put("error", error).build();
    }

    /** Answers with a model list. */
    public static Script models(String... ids) {
        List<JsonValue> models = new ArrayList<>();
        for (String id : ids) {
            models.add(JsonObject.builder()
                    .put("id", id)
                    .put("object", "model")
                    .put("created", 1_770_000_000L)
                    .put("owned_by", "scripted")
                    .build());
        }
        return Script.answer()
                .json(JsonObject.builder()
                        .put("object", "list")
                        .put("data", new JsonArray(models))
                        .build());
    }

    /** Answers embeddings of that many dimensions, as floats or base64, as the request asks; see {@link MediaAnswers}. */
    public static Function<ReceivedRequest, Script> embeddings(int dimensions) {
        return request -> MediaAnswers.embeddings(request, dimensions);
    }

    /** Answers image generations and edits with 1-pixel PNGs, by address or base64, as the request asks. */
    public static Function<ReceivedRequest, Script> images() {
        return MediaAnswers::images;
    }

    /** Answers speech with these bytes as {@code audio/mpeg}, in chunks of 1 KiB. */
    public static Function<ReceivedRequest, Script> speech(byte[] audio) {
        return request -> MediaAnswers.speech(audio);
    }

    /** Answers a transcription with that text, in the format the form asks for. */
    public static Function<ReceivedRequest, Script> transcription(String text) {
        return request -> MediaAnswers.transcription(request, text);
    }

    /** Answers a moderation: inputs that contain {@code violence} are flagged. */
    public static Function<ReceivedRequest, Script> moderations() {
        return MediaAnswers::moderations;
    }

    /**
     * Answers every address of the API, chat with so many paced words in the name of the model that was asked.
     *
     * @param models what the model list says
     */
    public static Function<ReceivedRequest, Script> vendor(int words, Duration pace, String... models) {
        String[] texts = new String[words];
        Arrays.setAll(texts, i -> (i == 0 ? "w" : " w") + (i + 1));
        ChatAnswer chat = echoModel(texts).paced(pace);
        Script list = models(models);
        byte[] audio = new byte[4_096];
        return request -> {
            String path = request.path();
            return switch (path.substring(path.lastIndexOf('/') + 1)) {
                case "completions" -> chat.apply(request);
                case "models" -> list;
                case "embeddings" -> MediaAnswers.embeddings(request, 8);
                case "generations", "edits" -> MediaAnswers.images(request);
                case "speech" -> MediaAnswers.speech(audio);
                case "transcriptions", "translations" -> MediaAnswers.transcription(request, "hello world");
                case "moderations" -> MediaAnswers.moderations(request);
                default -> error(404, "invalid_request_error", "unknown_url", "unknown address");
            };
        };
    }
}
