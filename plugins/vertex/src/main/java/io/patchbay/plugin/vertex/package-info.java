/** Google's Vertex AI: Gemini, Claude and open models with a Google Cloud project's account. */
@NullMarked
package io.patchbay.plugin.vertex;

import org.jspecify.annotations.NullMarked;
