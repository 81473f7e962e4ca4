package io.patchbay.spi.media;

import io.patchbay.spi.json.JsonValue;
import org.osgi.annotation.versioning.ProviderType;

/** Content to classify. */
@ProviderType
public interface ModerationCall extends MediaCall {
    /** Returns the input in the OpenAI form: a string, strings, or one list of parts. */
    JsonValue input();
}
