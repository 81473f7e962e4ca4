package io.patchbay.plugin.zhipu;

import io.patchbay.spi.Flow;
import io.patchbay.spi.json.JsonObject;
import io.patchbay.spi.media.ImageCall;
import io.patchbay.spi.media.ImageEvent;
import io.patchbay.toolkit.DialectMedia;
import java.util.Set;

/** {@code POST /images/generations}, which makes one picture at a time. */
final class CogView {
    private static final Set<String> KNOWN =
            Set.of("size", "quality", "user", "user_id", "watermark_enabled", "sensitive_word_check");
    private static final Set<String> BEST = Set.of("hd", "high");
    private static final int MOST = 10;

    private CogView() {}

    static Flow<ImageEvent> of(ImageCall call, Zhipu zhipu) {
        return turn -> {
            JsonObject settings = DialectMedia.known(turn, call, KNOWN);
            JsonObject.Builder body = DialectMedia.body(call, settings).remove("user");
            String user = settings.string("user", "");
            if (Zhipu.isUser(user)) {
                body.put("user_id", user);
            } else if (!user.isEmpty()) {
                turn.dropped(Set.of("user"));
            }
            if (settings.has("quality")) {
                body.put("quality", BEST.contains(settings.string("quality", "")) ? "hd" : "standard");
            }
            return DialectMedia.images(
                            () -> zhipu.post("images/generations"), body.build(), DialectMedia.times(call, MOST))
                    .begin(turn);
        };
    }
}
