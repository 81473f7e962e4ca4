package io.patchbay.spi.media;

import io.patchbay.spi.Usage;

/**
 * What was said.
 *
 * @param text the plain text
 * @param contentType the media type of {@code body}
 * @param body the vendor's whole answer in the format that was asked for
 */
public record Transcript(String text, String contentType, String body, Usage usage) {}
