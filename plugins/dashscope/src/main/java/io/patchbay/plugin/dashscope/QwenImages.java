package io.patchbay.plugin.dashscope;

import io.patchbay.spi.Flow;
import io.patchbay.spi.http.HttpRequest;
import io.patchbay.spi.json.JsonObject;
import io.patchbay.spi.json.JsonValue;
import io.patchbay.spi.media.ImageCall;
import io.patchbay.spi.media.ImageEvent;
import io.patchbay.toolkit.BlobJson;
import io.patchbay.toolkit.DialectMedia;
import io.patchbay.toolkit.Flows;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** An image call to a model that draws at once. */
final class QwenImages {
    private static final Duration SILENCE = Duration.ofMinutes(5);

    private QwenImages() {}

    static Flow<ImageEvent> of(ImageCall call, DashScope server) {
        return turn -> {
            BlobJson json = new BlobJson(turn);
            List<JsonValue> pictures = new ArrayList<>();
            call.pictures().forEach(picture -> pictures.add(json.dataUrl(picture)));
            JsonObject settings = DialectMedia.known(turn, call, Drawing.KNOWN);
            JsonObject body = Drawing.body(call.model(), call.prompt(), pictures, settings);
            HttpRequest.Builder request =
                    server.post(QwenChat.PARTS).body(json.body(body)).creating().silence(SILENCE);
            return Flows.<ImageEvent>pages(request, answer -> {
                        List<ImageEvent> made = new ArrayList<>();
                        Drawing.pictures(answer)
                                .forEach(url -> made.add(new ImageEvent.Made(url, null, null, JsonObject.EMPTY)));
                        return made.isEmpty() ? null : Flows.Page.last(made);
                    })
                    .begin(turn);
        };
    }
}
