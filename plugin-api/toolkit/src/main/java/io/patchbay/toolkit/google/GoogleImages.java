package io.patchbay.toolkit.google;

import io.patchbay.dialects.gemini.GeminiMedia;
import io.patchbay.dialects.gemini.GeminiModel;
import io.patchbay.spi.Fault;
import io.patchbay.spi.FaultKind;
import io.patchbay.spi.Flow;
import io.patchbay.spi.Next;
import io.patchbay.spi.Turn;
import io.patchbay.spi.chat.ChatCall;
import io.patchbay.spi.chat.ChatEvent;
import io.patchbay.spi.http.Answer;
import io.patchbay.spi.http.Blob;
import io.patchbay.spi.http.Body;
import io.patchbay.spi.http.HttpRequest;
import io.patchbay.spi.http.Piece;
import io.patchbay.spi.json.JsonArray;
import io.patchbay.spi.json.JsonObject;
import io.patchbay.spi.json.JsonString;
import io.patchbay.spi.json.JsonValue;
import io.patchbay.spi.media.ImageCall;
import io.patchbay.spi.media.ImageEvent;
import io.patchbay.toolkit.ChatWriter;
import io.patchbay.toolkit.Conversation;
import io.patchbay.toolkit.DialectMedia;
import io.patchbay.toolkit.Flows;
import io.patchbay.toolkit.RequestFields;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Pictures of Google's models: Gemini makes and edits them by {@code :generateContent}, Imagen makes them by
 * {@code :predict} (Generate images, read 2026-11).
 */
public final class GoogleImages {
    /** Four pictures of the largest size, in base64. */
    private static final int LIMIT = 160 * 1024 * 1024;

    private static final Duration SILENCE = Duration.ofMinutes(5);
    private static final List<String> GEMINI_RATIOS =
            List.of("1:1", "2:3", "3:2", "3:4", "4:3", "4:5", "5:4", "9:16", "16:9", "21:9");
    private static final List<String> IMAGEN_RATIOS = List.of("1:1", "3:4", "4:3", "9:16", "16:9");
    private static final int MOST_OF_IMAGEN = 4;

    private final Supplier<HttpRequest.Builder> request;
    private final Function<Answer, Fault> faults;
    private final boolean vertex;

    private GoogleImages(Supplier<HttpRequest.Builder> request, Function<Answer, Fault> faults, boolean vertex) {
        this.request = request;
        this.faults = faults;
        this.vertex = vertex;
    }

    /**
     * Returns the pictures of one model at Google's own API.
     *
     * @param request begins the request of the model's method: address and credentials
     * @param faults reads a refusal
     */
    public static GoogleImages of(Supplier<HttpRequest.Builder> request, Function<Answer, Fault> faults) {
        return new GoogleImages(request, faults, false);
    }

    /** Returns the same at Vertex AI, where Imagen has further settings and another name for the size. */
    public GoogleImages onVertex() {
        return new GoogleImages(request, faults, true);
    }

    /** Returns the flow that makes or edits pictures. */
    public Flow<ImageEvent> images(ImageCall call) {
        GeminiModel model = GeminiModel.of(call.model());
        if (call.mask() != null) {
            return refused("Google's models edit a picture by words only, not by a mask");
        }
        if (model.isImagen()) {
            return call.pictures().isEmpty()
                    ? turn -> ask(predictions(turn, call), turn::emit)
                    : refused("the model \"" + call.model() + "\" makes pictures and does not edit them");
        }
        JsonValue count = call.settings().get("n");
        return count == null || count.isNull() || count.equals(JsonValue.of(1))
                ? turn -> ask(content(turn, call, model), turn::emit)
                : refused("the model \"" + call.model() + "\" makes one picture at a time: n must be 1");
    }

    private static Flow<ImageEvent> refused(String why) {
        return Flow.failed(Fault.of(FaultKind.BAD_REQUEST, why));
    }

    /**
     * Returns the flow that answers a chat with one picture of Imagen's, said as Markdown: the last thing the user said
     * is the prompt.
     */
    public Flow<ChatEvent> chat(ChatCall call) {
        return turn -> {
            RequestFields fields = RequestFields.of(call.request());
            String prompt = Conversation.of(call.request().messages()).last("user");
            fields.take("n");
            fields.reportRest(turn);
            JsonObject parameters = parameters(1, new PictureShape("1:1", null)).build();
            ChatWriter writer = new ChatWriter(turn);
            return ask(Body.json(prediction(prompt, parameters)), event -> {
                writer.started(null, call.model());
                if (event instanceof ImageEvent.Made made) {
                    String type = made.raw().string("mimeType", "image/png");
                    writer.text("![image](data:" + type + ";base64," + made.base64() + ")");
                }
                writer.finish();
            });
        };
    }

    private Next ask(Body body, Consumer<ImageEvent> out) {
        return Flows.send(
                request.get().body(body).creating().silence(SILENCE),
                built -> Next.ask(built, LIMIT, answer -> {
                    JsonValue json = answer.ok() ? answer.json() : null;
                    if (json == null || json.get("error") != null || !(json instanceof JsonObject)) {
                        return Next.fail(faults.apply(answer));
                    }
                    List<ImageEvent> events = GeminiMedia.readImages(json);
                    if (events.isEmpty()) {
                        return Next.fail(GeminiMedia.withheld(json));
                    }
                    events.forEach(out);
                    return Next.done();
                }));
    }

    // ---- Imagen ----

    private Body predictions(Turn<?> turn, ImageCall call) {
        Set<String> names = new HashSet<>(Set.of("size", "n", "aspect_ratio", "response_format"));
        if (vertex) {
            names.addAll(Set.of("negative_prompt", "seed"));
        }
        JsonObject settings = known(turn, call, names);
        long count = Math.clamp(settings.longValue("n", 1), 1, MOST_OF_IMAGEN);
        JsonObject.Builder parameters =
                parameters(count, shape(settings, PictureShape.of(settings.string("size"), IMAGEN_RATIOS)));
        parameters.putIfPresent("negativePrompt", settings.string("negative_prompt"));
        if (settings.get("seed") != null) {
            // Vertex AI takes a seed only where no watermark is put into the picture.
            parameters.put("seed", settings.longValue("seed", 0)).put("addWatermark", false);
        }
        return Body.json(prediction(call.prompt(), parameters.build()));
    }

    private JsonObject.Builder parameters(long count, PictureShape shape) {
        return JsonObject.builder()
                .put("sampleCount", count)
                .putIfPresent("aspectRatio", shape.ratio())
                .putIfPresent(vertex ? "sampleImageSize" : "imageSize", shape.size() == null ? null : "2K")
                .put("personGeneration", "allow_adult");
    }

    private static JsonObject prediction(String prompt, JsonObject parameters) {
        JsonObject instance = JsonObject.builder().put("prompt", prompt).build();
        return JsonObject.builder()
                .put("instances", new JsonArray(List.of(instance)))
                .put("parameters", parameters)
                .build();
    }

    // ---- Gemini ----

    private Body content(Turn<?> turn, ImageCall call, GeminiModel model) {
        JsonObject settings = known(turn, call, Set.of("size", "n", "aspect_ratio", "response_format"));
        PictureShape shape = shape(settings, PictureShape.of(settings.string("size"), GEMINI_RATIOS));
        JsonObject picture = JsonObject.builder()
                .putIfPresent("aspectRatio", shape.ratio())
                .putIfPresent("imageSize", model.isThird() ? shape.size() : null)
                .build();
        JsonObject config = JsonObject.builder()
                .put("responseModalities", JsonArray.ofStrings(List.of("TEXT", "IMAGE")))
                .putIfPresent("imageConfig", picture.isEmpty() ? null : picture)
                .build();
        // The pictures lie with the host: they are put between pieces of text.
        List<Piece> pieces = new ArrayList<>();
        StringBuilder text = new StringBuilder("{\"contents\":[{\"role\":\"user\",\"parts\":[{\"text\":");
        text.append(new JsonString(call.prompt()).toJson()).append('}');
        for (Blob blob : call.pictures()) {
            text.append(",{\"inlineData\":{\"mimeType\":")
                    .append(new JsonString(blob.contentType()).toJson())
                    .append(",\"data\":\"");
            pieces.add(piece(text));
            pieces.add(new Piece.Base64(blob));
            text.append("\"}}");
        }
        text.append("]}],\"generationConfig\":").append(config.toJson()).append('}');
        pieces.add(piece(text));
        return new Body("application/json", pieces);
    }

    private static Piece piece(StringBuilder text) {
        byte[] bytes = text.toString().getBytes(StandardCharsets.UTF_8);
        text.setLength(0);
        return new Piece.Inline(bytes);
    }

    private static PictureShape shape(JsonObject settings, PictureShape bySize) {
        @Nullable String ratio = settings.string("aspect_ratio");
        return ratio == null ? bySize : new PictureShape(ratio, bySize.size());
    }

    /** The answer always holds the pictures themselves, never an address of them. */
    private static JsonObject known(Turn<?> turn, ImageCall call, Set<String> names) {
        JsonObject settings = DialectMedia.known(turn, call, names);
        if ("url".equals(settings.string("response_format"))) {
            turn.dropped(Set.of("response_format"));
        }
        return settings;
    }
}
