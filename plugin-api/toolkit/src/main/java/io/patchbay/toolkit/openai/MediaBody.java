package io.patchbay.toolkit.openai;

import io.patchbay.spi.Turn;
import io.patchbay.spi.chat.Wire;
import io.patchbay.spi.http.Body;
import io.patchbay.spi.json.JsonObject;
import io.patchbay.spi.json.JsonValue;
import io.patchbay.spi.media.MediaCall;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** Writes the JSON body of a call beside chat: the client's own one, spliced, where there is one. */
final class MediaBody {
    private MediaBody() {}

    /**
     * Returns the body for the upstream.
     *
     * @param own the members that the call has accessors for, used when the client sent no JSON of this shape
     * @param set members to send whatever the client sent
     * @param dropped members the upstream refuses; those the client sent are noted
     */
    static Body of(Turn<?> turn, MediaCall call, JsonObject own, Map<String, JsonValue> set, Set<String> dropped) {
        Map<String, JsonValue> fixed = new LinkedHashMap<>(set);
        fixed.put("model", JsonValue.of(call.model()));
        Wire wire = call.wire();
        if (wire != null) {
            Set<String> present = new TreeSet<>(dropped);
            present.retainAll(wire.names());
            present.removeAll(fixed.keySet());
            note(turn, present);
            return wire.edited(fixed, Map.of(), present);
        }
        JsonObject.Builder body =
                JsonObject.builder().put("model", call.model()).putAll(own);
        body.putAll(withoutDropped(turn, call.settings(), dropped));
        fixed.forEach(body::put);
        return Body.json(body.build());
    }

    /** Returns settings without the members the upstream refuses, and notes those. */
    static JsonObject withoutDropped(Turn<?> turn, JsonObject settings, Set<String> dropped) {
        Set<String> present = new TreeSet<>(dropped);
        present.retainAll(settings.members().keySet());
        note(turn, present);
        JsonObject.Builder rest = settings.toBuilder();
        present.forEach(rest::remove);
        return rest.build();
    }

    private static void note(Turn<?> turn, Set<String> dropped) {
        if (!dropped.isEmpty()) {
            turn.dropped(dropped);
        }
    }
}
