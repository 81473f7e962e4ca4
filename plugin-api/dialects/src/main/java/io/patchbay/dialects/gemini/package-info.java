/** Google's generateContent dialect, as upstreams speak it: Gemini on its own API and on Vertex AI. */
@NullMarked
@org.osgi.annotation.versioning.Version("0.1.0")
package io.patchbay.dialects.gemini;

import org.jspecify.annotations.NullMarked;
