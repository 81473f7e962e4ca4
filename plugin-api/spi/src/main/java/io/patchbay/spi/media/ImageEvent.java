package io.patchbay.spi.media;

import io.patchbay.spi.Usage;
import io.patchbay.spi.json.JsonObject;
import org.jspecify.annotations.Nullable;

/** A piece of an image answer. */
public sealed interface ImageEvent {
    /**
     * One image, by address or as base64.
     *
     * @param raw the vendor's own entry
     */
    record Made(
            @Nullable String url,
            @Nullable String base64,
            @Nullable String revisedPrompt,
            JsonObject raw) implements ImageEvent {}

    /** What the call consumed. */
    record Used(Usage usage) implements ImageEvent {}
}
