/** Calls and results of embeddings, images, speech, transcription and moderation. */
@NullMarked
@org.osgi.annotation.versioning.Version("0.1.0")
package io.patchbay.spi.media;

import org.jspecify.annotations.NullMarked;
