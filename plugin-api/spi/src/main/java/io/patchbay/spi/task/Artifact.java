package io.patchbay.spi.task;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A product of a task, or a preview of one.
 *
 * @param kind {@code image}, {@code video}, {@code audio} or another word
 * @param url an http(s) or data URL, or what {@link #atUpstream} makes; data URLs are stored by the host
 * @param contentType the media type, when it is known
 * @param preview whether a better one will follow
 */
public record Artifact(String kind, String url, @Nullable String contentType, boolean preview) {
    private static final String UPSTREAM = "upstream:";

    public Artifact {
        Objects.requireNonNull(kind, "kind is null");
        Objects.requireNonNull(url, "url is null");
    }

    /** Returns a finished picture. */
    public static Artifact image(String url) {
        return new Artifact("image", url, null, false);
    }

    /**
     * Returns a finished product that only the channel's key can fetch: the host fetches it by {@link TaskWork#content}
     * when the task has succeeded, and gives it an address of its own.
     *
     * @param reference what the plugin calls it, 1 to 200 characters; the same reference of a task is the same product
     */
    public static Artifact atUpstream(String kind, String reference, @Nullable String contentType) {
        return new Artifact(kind, UPSTREAM + reference, contentType, false);
    }

    /** Returns what the plugin calls a product that only the channel's key can fetch, {@code null} for all others. */
    public @Nullable String upstreamReference() {
        return url.startsWith(UPSTREAM) ? url.substring(UPSTREAM.length()) : null;
    }
}
