package io.patchbay.plugin.vertex;

import io.patchbay.dialects.anthropic.AnthropicFaults;
import io.patchbay.dialects.gemini.GeminiFaults;
import io.patchbay.spi.Fault;
import io.patchbay.spi.FaultKind;
import io.patchbay.spi.http.Answer;
import io.patchbay.spi.json.Json;
import io.patchbay.spi.json.JsonArray;
import io.patchbay.spi.json.JsonException;
import io.patchbay.spi.json.JsonObject;
import io.patchbay.spi.json.JsonValue;
import org.jspecify.annotations.Nullable;

/** What refusals mean: Google's errors, sometimes around a publisher's own. A 401 means that the token is too old. */
final class VertexFaults {
    private static final int UNAUTHORIZED = 401;

    private VertexFaults() {}

    static Fault of(Answer answer) {
        if (answer.status() == UNAUTHORIZED) {
            return answer.fault().toBuilder().kind(FaultKind.KEY_STALE).build();
        }
        JsonObject inner = inner(answer.json());
        return inner == null
                ? GeminiFaults.of(answer)
                : AnthropicFaults.inBand(inner).toBuilder()
                        .status(answer.status())
                        .build();
    }

    /** Returns a publisher's error that stands in the message of Google's, or {@code null}. */
    private static @Nullable JsonObject inner(@Nullable JsonValue body) {
        JsonValue first = body instanceof JsonArray ? body.get(0) : body;
        JsonValue message = first == null ? null : first.at("error", "message");
        String text = message == null ? null : message.string();
        if (text == null || !text.startsWith("{")) {
            return null;
        }
        try {
            return Json.parse(text) instanceof JsonObject object && object.get("error") != null ? object : null;
        } catch (JsonException e) {
            return null;
        }
    }
}
