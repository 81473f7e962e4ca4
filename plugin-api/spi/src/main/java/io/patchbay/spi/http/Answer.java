package io.patchbay.spi.http;

import io.patchbay.spi.Bytes;
import io.patchbay.spi.Fault;
import io.patchbay.spi.json.JsonValue;
import org.jspecify.annotations.Nullable;
import org.osgi.annotation.versioning.ProviderType;

/** A whole HTTP answer. Valid until the call it was handed to returns. */
@ProviderType
public interface Answer {
    /** Returns the status code. */
    int status();

    /** Returns whether the status is 2xx. */
    default boolean ok() {
        return status() / 100 == 2;
    }

    /** Returns the first header of that name (any case), or {@code null}. */
    @Nullable
    String header(String name);

    /** Returns the media type without parameters in lower case, empty when there is none. */
    String contentType();

    /** Returns the body; an error body is cut at 64 KiB. */
    Bytes body();

    /** Returns the body as JSON, or {@code null} when it is none. */
    @Nullable
    JsonValue json();

    /**
     * Returns the host's reading of an answer that is no success: by the common error bodies, then by status and retry
     * headers. A plugin that knows its vendor better builds on it ({@link Fault#toBuilder()}).
     */
    Fault fault();
}
