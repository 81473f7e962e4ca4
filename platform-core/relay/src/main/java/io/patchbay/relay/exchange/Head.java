package io.patchbay.relay.exchange;

import java.util.Locale;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The head of an upstream's answer.
 *
 * @param header looks up the first header of a name, any case
 */
public record Head(int status, Function<String, @Nullable String> header) {
    /** Returns whether the status is 2xx. */
    public boolean ok() {
        return status / 100 == 2;
    }

    /** Returns the media type without parameters in lower case, empty when there is none. */
    public String contentType() {
        String value = header.apply("Content-Type");
        if (value == null) {
            return "";
        }
        int end = value.indexOf(';');
        return (end < 0 ? value : value.substring(0, end)).trim().toLowerCase(Locale.ROOT);
    }
}
