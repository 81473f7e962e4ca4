package io.patchbay.spi.task;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A product of a task, or a preview of one.
 *
 * @param kind {@code image}, {@code video}, {@code audio} or another word
 * @param url an http(s) or data URL; data URLs are stored by the host
 * @param contentType the media type, when it is known
 * @param preview whether a better one will follow
 */
public record Artifact(String kind, String url, @Nullable String contentType, boolean preview) {
    public Artifact {
        Objects.requireNonNull(kind, "kind is null");
        Objects.requireNonNull(url, "url is null");
    }

    /** Returns a finished picture. */
    public static Artifact image(String url) {
        return new Artifact("image", url, null, false);
    }
}
