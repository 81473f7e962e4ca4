package io.patchbay.toolkit;

import io.patchbay.spi.Turn;
import io.patchbay.spi.chat.ChatEvent;
import io.patchbay.spi.json.JsonArray;
import io.patchbay.spi.json.JsonObject;
import io.patchbay.spi.json.JsonValue;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The sources of an answer, told as OpenAI's annotations. Vendors repeat them from frame to frame: the first list that is
 * not empty is told, the others are not. One object serves one run.
 */
public final class Citations {
    private final Turn<ChatEvent> turn;
    private final List<JsonValue> found = new ArrayList<>();
    private boolean told;

    /** Creates an empty list. */
    public Citations(Turn<ChatEvent> turn) {
        this.turn = turn;
    }

    /** Adds a source; one without an address is nothing. */
    public Citations add(@Nullable String url, @Nullable String title) {
        if (!told && url != null && !url.isEmpty()) {
            JsonObject citation = JsonObject.builder()
                    .put("url", url)
                    .putIfPresent("title", title)
                    .build();
            found.add(JsonObject.builder()
                    .put("type", "url_citation")
                    .put("url_citation", citation)
                    .build());
        }
        return this;
    }

    /** Tells what was added. */
    public void tell() {
        if (!told && !found.isEmpty()) {
            told = true;
            JsonArray annotations = new JsonArray(found);
            turn.emit(new ChatEvent.Extra(
                    0, JsonObject.builder().put("annotations", annotations).build()));
        }
    }
}
