package io.patchbay.toolkit.openai;

import io.patchbay.dialects.openai.OpenAiMedia;
import io.patchbay.spi.Flow;
import io.patchbay.spi.json.JsonObject;
import io.patchbay.spi.media.Moderation;
import io.patchbay.spi.media.ModerationCall;
import io.patchbay.toolkit.Flows;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** {@code POST /v1/moderations}. */
final class ModerationFlows {
    private ModerationFlows() {}

    static Flow<Moderation> moderate(ModerationCall call, OpenAiUpstream upstream) {
        JsonObject own = JsonObject.builder().put("input", call.input()).build();
        return turn -> Flows.pages(
                        upstream.post(call.model(), "moderations")
                                .body(MediaBody.of(turn, call, own, Map.of(), Set.of())),
                        MediaAnswer.by(body -> List.of(OpenAiMedia.readModeration(body))))
                .begin(turn);
    }
}
