package io.patchbay.spi.media;

import org.osgi.annotation.versioning.ProviderType;

/** A text to speak. */
@ProviderType
public interface SpeechCall extends MediaCall {
    /** Returns the text. */
    String input();

    /** Returns the voice by the client's name for it. */
    String voice();
}
