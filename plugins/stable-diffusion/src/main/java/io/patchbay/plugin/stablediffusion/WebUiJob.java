package io.patchbay.plugin.stablediffusion;

import io.patchbay.spi.ChannelView;
import io.patchbay.spi.http.Blob;
import io.patchbay.spi.http.Body;
import io.patchbay.spi.http.Piece;
import io.patchbay.spi.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What the WebUI is asked to make. */
record WebUiJob(ChannelView channel, String model, String prompt, JsonObject settings) {
    /** Settings by the WebUI's own names. */
    static final List<String> OWN = List.of(
            "negative_prompt",
            "seed",
            "steps",
            "cfg_scale",
            "sampler_name",
            "scheduler",
            "denoising_strength",
            "enable_hr");

    long count() {
        return Math.clamp(settings.longValue("n", 1), 1, 10);
    }

    /** Returns the members of the body; the id lets the WebUI be asked for the progress of this very job. */
    JsonObject body(@Nullable String taskId) {
        JsonObject.Builder body = JsonObject.builder()
                .put("prompt", prompt)
                .put("negative_prompt", channel.option(WebUiChannelType.NEGATIVE))
                .put("steps", steps())
                .put("batch_size", 1)
                .put("n_iter", count())
                .put("send_images", true)
                .put("save_images", false);
        PictureSize size = PictureSize.of(settings.string("size"));
        if (size != null) {
            body.put("width", size.width()).put("height", size.height());
        }
        OWN.forEach(name -> body.putIfPresent(name, settings.get(name)));
        if (!model.equals(WebUiChannelType.LOADED)) {
            body.put(
                    "override_settings",
                    JsonObject.builder().put("sd_model_checkpoint", model).build());
        }
        return body.putIfPresent("force_task_id", taskId).build();
    }

    /** Returns the body with pictures to start from, which stay with the host. */
    Body from(List<Blob> pictures) {
        byte[] open = body(null).toBytes();
        List<Piece> pieces = new ArrayList<>();
        String begin = new String(open, 0, open.length - 1, StandardCharsets.UTF_8) + ",\"init_images\":[\"";
        for (Blob picture : pictures) {
            pieces.add(text(pieces.isEmpty() ? begin : "\",\""));
            pieces.add(new Piece.Base64(picture));
        }
        pieces.add(text("\"]}"));
        return new Body("application/json", pieces);
    }

    private static Piece text(String text) {
        return new Piece.Inline(text.getBytes(StandardCharsets.UTF_8));
    }

    /** A client's wish for quality is a number of steps here. */
    private long steps() {
        long usual;
        try {
            usual = Long.parseLong(channel.option(WebUiChannelType.STEPS).strip());
        } catch (NumberFormatException e) {
            usual = 20;
        }
        String quality = settings.string("quality", "");
        long wished = switch (quality) {
            case "high", "hd" -> usual * 2;
            case "low" -> usual / 2;
            default -> usual;
        };
        return Math.clamp(wished, 1, 150);
    }
}
