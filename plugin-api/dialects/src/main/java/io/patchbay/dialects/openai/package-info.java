/** The OpenAI dialects: chat, embeddings, images, transcription, moderation. */
@NullMarked
@org.osgi.annotation.versioning.Version("0.1.0")
package io.patchbay.dialects.openai;

import org.jspecify.annotations.NullMarked;
