package io.patchbay.plugin.stablediffusion;

import io.patchbay.spi.ChannelView;
import io.patchbay.spi.Fault;
import io.patchbay.spi.FaultKind;
import io.patchbay.spi.Flow;
import io.patchbay.spi.Next;
import io.patchbay.spi.Turn;
import io.patchbay.spi.http.Answer;
import io.patchbay.spi.http.HttpRequest;
import io.patchbay.spi.json.JsonObject;
import io.patchbay.spi.json.JsonValue;
import io.patchbay.spi.media.ImageCall;
import io.patchbay.spi.media.ImageEvent;
import io.patchbay.toolkit.DialectMedia;
import io.patchbay.toolkit.Flows;
import io.patchbay.toolkit.Multipart;
import java.time.Duration;
import java.util.List;
import java.util.Set;

/** One request a picture: this API makes one at a time. */
final class StabilityImages {
    private static final Set<String> KNOWN = Set.of(
            "n",
            "size",
            "style",
            "response_format",
            "output_format",
            "negative_prompt",
            "seed",
            "style_preset",
            "aspect_ratio",
            "cfg_scale",
            "strength");
    private static final List<String> OWN = List.of("negative_prompt", "seed", "output_format", "cfg_scale");
    private static final int LARGEST = 32 * 1024 * 1024;
    private static final Duration SILENCE = Duration.ofMinutes(3);

    private StabilityImages() {}

    static Flow<ImageEvent> of(ImageCall call, ChannelView channel) {
        boolean edits = !call.pictures().isEmpty();
        if (call.mask() != null || (edits && !call.model().startsWith("sd3"))) {
            return Flow.failed(Fault.of(
                    FaultKind.UNSUPPORTED,
                    "pictures are taken without a mask and by the sd3 models only on this channel"));
        }
        if (call.prompt().isBlank()) {
            return Flow.failed(Fault.of(FaultKind.BAD_REQUEST, "say what the picture is to show"));
        }
        return turn -> {
            JsonObject settings = DialectMedia.known(turn, call, KNOWN);
            return next(turn, call, channel, settings, Math.clamp(settings.longValue("n", 1), 1, 10));
        };
    }

    private static Next next(
            Turn<ImageEvent> turn, ImageCall call, ChannelView channel, JsonObject settings, long left) {
        String path = call.model().startsWith("sd3") ? "sd3" : call.model().endsWith("ultra") ? "ultra" : "core";
        String base = channel.endpoint().replaceAll("/+$", "");
        HttpRequest.Builder post = HttpRequest.post(base + "/v2beta/stable-image/generate/" + path)
                .header(
                        "Authorization",
                        channel.secret(StabilityChannelType.KEY).prefixed("Bearer "))
                .header("Accept", "application/json")
                .body(form(turn, call, settings).body())
                .creating()
                .silence(SILENCE);
        return Flows.send(
                post,
                built -> Next.ask(built, LARGEST, answer -> {
                    JsonValue body = answer.ok() ? answer.json() : null;
                    String picture = body == null ? null : body.string("image");
                    if (body == null || picture == null) {
                        return Next.fail(fault(answer));
                    }
                    if ("CONTENT_FILTERED".equals(body.string("finish_reason"))) {
                        return Next.fail(Fault.of(FaultKind.CONTENT, "the picture was filtered by the upstream"));
                    }
                    turn.emit(new ImageEvent.Made(null, picture, null, JsonObject.EMPTY));
                    return left > 1 ? next(turn, call, channel, settings, left - 1) : Next.done();
                }));
    }

    private static Multipart form(Turn<ImageEvent> turn, ImageCall call, JsonObject settings) {
        Multipart form = Multipart.of(turn).field("prompt", call.prompt());
        for (String name : OWN) {
            JsonValue value = settings.get(name);
            String text = value == null ? null : value.scalarText();
            if (text != null) {
                form.field(name, text);
            }
        }
        String style = settings.string("style_preset", settings.string("style", ""));
        if (!style.isEmpty()) {
            form.field("style_preset", style);
        }
        if (call.model().startsWith("sd3")) {
            form.field("model", call.model());
        }
        if (!call.pictures().isEmpty()) {
            JsonValue strength = settings.get("strength");
            String text = strength == null ? null : strength.scalarText();
            return form.field("mode", "image-to-image")
                    .field("strength", text == null ? "0.6" : text)
                    .file("image", call.pictures().getFirst(), "image.png");
        }
        PictureSize size = PictureSize.of(settings.string("size"));
        String ratio = settings.string("aspect_ratio", size == null ? "1:1" : size.aspectRatio());
        return form.field("aspect_ratio", ratio);
    }

    /** Refusals are told apart by a name of their own; a 403 is about the content as often as about the key. */
    private static Fault fault(Answer answer) {
        Fault fault = answer.fault();
        JsonValue body = answer.json();
        String name = body == null ? "" : body.string("name", "");
        String words = body == null || body.elements("errors").isEmpty()
                ? fault.message()
                : String.valueOf(body.elements("errors").getFirst().string());
        FaultKind kind = switch (name) {
            case "content_moderation" -> FaultKind.CONTENT;
            case "payment_required" -> FaultKind.QUOTA;
            case "invalid_language" -> FaultKind.BAD_REQUEST;
            default -> answer.status() == 422 ? FaultKind.BAD_REQUEST : fault.kind();
        };
        return fault.withMessage(words).toBuilder().kind(kind).build();
    }
}
