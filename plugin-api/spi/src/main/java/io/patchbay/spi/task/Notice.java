package io.patchbay.spi.task;

import io.patchbay.spi.json.JsonValue;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A call of the upstream on a task's hook address. The host has checked the address's own token and, where the channel has
 * one, the list of allowed callers.
 *
 * @param headers by lower-case name
 * @param query the raw query, maybe empty
 * @param body the body as text, at most 1 MiB
 * @param json the body as JSON, or {@code null} when it is none
 */
public record Notice(
        String method,
        Map<String, String> headers,
        String query,
        String body,
        @Nullable JsonValue json) {
    public Notice {
        headers = Map.copyOf(headers);
    }
}
