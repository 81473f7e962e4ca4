package io.patchbay.dialects;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * An error as a client is told.
 *
 * @param status the HTTP status
 * @param message the words for people
 * @param type the class of the error in the dialect's words
 * @param param the request field that is to blame
 * @param code the error's name in the dialect's words
 */
public record WireError(
        int status,
        String message,
        String type,
        @Nullable String param,
        @Nullable String code) {
    public WireError {
        Objects.requireNonNull(message, "message is null");
        Objects.requireNonNull(type, "type is null");
    }
}
