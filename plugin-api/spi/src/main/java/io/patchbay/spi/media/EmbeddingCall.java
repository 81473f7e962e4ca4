package io.patchbay.spi.media;

import io.patchbay.spi.json.JsonValue;
import java.util.List;
import org.osgi.annotation.versioning.ProviderType;

/** Texts to turn into vectors. */
@ProviderType
public interface EmbeddingCall extends MediaCall {
    /** Returns the inputs in order: strings, or arrays of token numbers as some clients send. */
    List<JsonValue> inputs();
}
