/** Google's Gemini API: chat, pictures of Gemini and Imagen, embeddings, model list. */
@NullMarked
package io.patchbay.plugin.gemini;

import org.jspecify.annotations.NullMarked;
