package io.patchbay.toolkit.openai;

import io.patchbay.dialects.openai.OpenAiMedia;
import io.patchbay.spi.Fault;
import io.patchbay.spi.FaultKind;
import io.patchbay.spi.Flow;
import io.patchbay.spi.Next;
import io.patchbay.spi.Turn;
import io.patchbay.spi.http.Blob;
import io.patchbay.spi.http.Body;
import io.patchbay.spi.http.HttpRequest;
import io.patchbay.spi.json.JsonObject;
import io.patchbay.spi.media.ImageCall;
import io.patchbay.spi.media.ImageEvent;
import io.patchbay.toolkit.Flows;
import io.patchbay.toolkit.Multipart;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** {@code POST /v1/images/generations}, {@code /edits} and {@code /variations}. */
final class ImageFlows {
    /** Ten images of the largest size, as PNG in base64. */
    private static final int LIMIT = 160 * 1024 * 1024;

    /** OpenAI asks callers to allow for three to five minutes. */
    private static final Duration SILENCE = Duration.ofMinutes(5);

    /** Partial images are no events of ours: a stream would be read as one whole answer that never comes. */
    private static final Set<String> STREAMING = Set.of("stream", "partial_images");

    private ImageFlows() {}

    static Flow<ImageEvent> images(ImageCall call, OpenAiUpstream upstream) {
        return turn -> {
            if (call.pictures().isEmpty()) {
                boolean edit = call.settings().has("images");
                return send(
                        turn,
                        upstream.post(call.model(), edit ? "images/edits" : "images/generations"),
                        json(turn, call, upstream));
            }
            boolean variation = call.prompt().isBlank();
            if (variation && !ModelFamily.bare(call.model()).contains("dall-e-2")) {
                return Next.fail(Fault.of(
                        FaultKind.BAD_REQUEST,
                        "an edit needs a prompt; variations without one are made by dall-e-2 only, not by \""
                                + call.model() + "\""));
            }
            return send(
                    turn,
                    upstream.post(call.model(), variation ? "images/variations" : "images/edits"),
                    form(turn, call, upstream, variation));
        };
    }

    private static Next send(Turn<ImageEvent> turn, HttpRequest.Builder request, Body body) {
        return Flows.pages(
                        request.body(body).creating().silence(SILENCE), LIMIT, MediaAnswer.by(OpenAiMedia::readImages))
                .begin(turn);
    }

    private static Body json(Turn<ImageEvent> turn, ImageCall call, OpenAiUpstream upstream) {
        JsonObject own = JsonObject.builder().put("prompt", call.prompt()).build();
        return MediaBody.of(turn, call, own, Map.of(), refused(call, upstream));
    }

    private static Body form(Turn<ImageEvent> turn, ImageCall call, OpenAiUpstream upstream, boolean variation) {
        Multipart form = Multipart.of(turn).field("model", call.model());
        if (!variation) {
            form.field("prompt", call.prompt());
        }
        form.fields(MediaBody.withoutDropped(turn, call.settings(), refused(call, upstream)));
        List<Blob> pictures = call.pictures();
        for (int i = 0; i < pictures.size(); i++) {
            Blob picture = pictures.get(i);
            form.file(pictures.size() == 1 ? "image" : "image[]", picture, "image-" + (i + 1) + extension(picture));
        }
        Blob mask = call.mask();
        if (mask != null) {
            form.file("mask", mask, "mask" + extension(mask));
        }
        return form.body();
    }

    private static Set<String> refused(ImageCall call, OpenAiUpstream upstream) {
        Set<String> refused = new HashSet<>(STREAMING);
        // These models always answer base64 and answer 400 to being told so.
        if (upstream.strict() && ModelFamily.isGptImage(call.model())) {
            refused.add("response_format");
            refused.add("style");
        }
        return refused;
    }

    private static String extension(Blob picture) {
        return switch (picture.contentType()) {
            case "image/jpeg" -> ".jpg";
            case "image/webp" -> ".webp";
            default -> ".png";
        };
    }
}
