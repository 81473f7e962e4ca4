package io.patchbay.plugin.skylark;

import io.patchbay.spi.Flow;
import io.patchbay.spi.http.Body;
import io.patchbay.spi.json.JsonArray;
import io.patchbay.spi.json.JsonObject;
import io.patchbay.spi.json.JsonValue;
import io.patchbay.spi.media.ImageCall;
import io.patchbay.spi.media.ImageEvent;
import io.patchbay.toolkit.BlobJson;
import io.patchbay.toolkit.DialectMedia;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** {@code POST /images/generations} of Seedream and SeedEdit, which makes one picture at a time unless told otherwise. */
final class Seedream {
    private static final int MOST = 15;
    private static final Set<String> KNOWN = Set.of(
            "size",
            "image",
            "response_format",
            "seed",
            "guidance_scale",
            "watermark",
            "sequential_image_generation",
            "sequential_image_generation_options",
            "optimize_prompt_options",
            "output_format");

    private Seedream() {}

    static Flow<ImageEvent> of(ImageCall call, Volcengine server) {
        return turn -> {
            JsonObject settings = DialectMedia.known(turn, call, KNOWN);
            JsonObject.Builder body = DialectMedia.body(call, settings);
            if (!settings.has("watermark")) {
                // A mark in every picture is the vendor's habit, not the client's wish.
                body.put("watermark", false);
            }
            BlobJson json = new BlobJson(turn);
            List<JsonValue> pictures = new ArrayList<>();
            call.pictures().forEach(picture -> pictures.add(json.dataUrl(picture)));
            if (!pictures.isEmpty()) {
                body.put("image", pictures.size() == 1 ? pictures.getFirst() : new JsonArray(pictures));
            }
            if (call.mask() != null) {
                turn.dropped(Set.of("mask"));
            }
            boolean series = "auto".equals(settings.string("sequential_image_generation"));
            int times = series ? 1 : DialectMedia.times(call, MOST);
            Body whole = json.body(body.build());
            return DialectMedia.images(() -> server.ark("images/generations").body(whole), times)
                    .begin(turn);
        };
    }
}
