package io.patchbay.spi.chat;

import io.patchbay.spi.Dialect;
import io.patchbay.spi.http.Body;
import io.patchbay.spi.json.JsonValue;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.osgi.annotation.versioning.ProviderType;

/** The client's request as it came: a JSON object whose members can be replaced without reading the rest. */
@ProviderType
public interface Wire {
    /** Returns the dialect it is written in. */
    Dialect dialect();

    /** Returns the names of the top-level members, in order. */
    Set<String> names();

    /** Returns a top-level member, parsed now, or {@code null} when it is missing. */
    @Nullable
    JsonValue get(String name);

    /**
     * Returns the body with top-level members set (in place, or at the end when new), renamed and removed. All other
     * bytes stay as they are.
     */
    Body edited(Map<String, JsonValue> set, Map<String, String> rename, Set<String> remove);
}
