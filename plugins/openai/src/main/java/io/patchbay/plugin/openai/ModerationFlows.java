package io.patchbay.plugin.openai;

import io.patchbay.spi.Flow;
import io.patchbay.spi.http.Answer;
import io.patchbay.spi.json.JsonObject;
import io.patchbay.spi.json.JsonValue;
import io.patchbay.spi.media.Moderation;
import io.patchbay.spi.media.ModerationCall;
import io.patchbay.toolkit.Flows;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** {@code POST /v1/moderations}. */
final class ModerationFlows {
    private ModerationFlows() {}

    static Flow<Moderation> moderate(ModerationCall call, Upstream upstream) {
        JsonObject own = JsonObject.builder().put("input", call.input()).build();
        return turn -> Flows.value(
                        upstream.post("moderations").body(MediaBody.of(turn, call, own, Map.of(), Set.of())),
                        ModerationFlows::read)
                .begin(turn);
    }

    private static @Nullable Moderation read(Answer answer) {
        JsonValue body = answer.json();
        if (body == null || body.elements("results").isEmpty()) {
            return null;
        }
        List<JsonObject> results =
                body.elements("results").stream().map(JsonValue::asObject).toList();
        return new Moderation(body.string("id", ""), results);
    }
}
