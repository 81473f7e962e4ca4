/** OpenAI, and whoever speaks its API: chat, images, embeddings, audio, moderation, videos, model list. */
@NullMarked
package io.patchbay.plugin.openai;

import org.jspecify.annotations.NullMarked;
