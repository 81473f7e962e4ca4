package io.patchbay.spi.media;

import io.patchbay.spi.chat.Wire;
import io.patchbay.spi.json.JsonObject;
import org.jspecify.annotations.Nullable;
import org.osgi.annotation.versioning.ProviderType;

/** What all calls beside chat have in common. */
@ProviderType
public interface MediaCall {
    /** Returns the model by the upstream's name. */
    String model();

    /** Returns the model by the name the client used. */
    String publicModel();

    /** Returns the settings that have no accessor, in the OpenAI form and as they came. */
    JsonObject settings();

    /** Returns the client's own JSON body, or {@code null} when it sent a form or is of another dialect. */
    @Nullable
    Wire wire();
}
