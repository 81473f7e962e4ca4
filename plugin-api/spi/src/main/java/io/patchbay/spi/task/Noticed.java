package io.patchbay.spi.task;

import org.jspecify.annotations.Nullable;

/**
 * What came of a notice.
 *
 * @param news what it told, or {@code null} for nothing
 * @param contentType the media type of the reply
 * @param reply what to answer the upstream, with status 200
 */
public record Noticed(@Nullable TaskNews news, String contentType, String reply) {
    /** Nothing was told; the reply is the usual one. */
    public static final Noticed NOTHING = new Noticed(null, "application/json", "{\"status\":true}");

    /** Returns news with the usual reply. */
    public static Noticed of(TaskNews news) {
        return new Noticed(news, NOTHING.contentType(), NOTHING.reply());
    }
}
