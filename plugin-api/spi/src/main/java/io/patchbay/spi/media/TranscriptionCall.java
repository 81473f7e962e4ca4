package io.patchbay.spi.media;

import io.patchbay.spi.http.Blob;
import org.osgi.annotation.versioning.ProviderType;

/** Audio to write down. */
@ProviderType
public interface TranscriptionCall extends MediaCall {
    /** Returns the audio file; its name carries the extension. */
    Blob audio();

    /** Returns whether the text is wanted in English, whatever the audio speaks. */
    boolean translate();
}
