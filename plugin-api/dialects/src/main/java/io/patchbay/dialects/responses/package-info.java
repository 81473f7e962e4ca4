/** The upstream's half of OpenAI's Responses dialect. */
@NullMarked
@org.osgi.annotation.versioning.Version("0.1.0")
package io.patchbay.dialects.responses;

import org.jspecify.annotations.NullMarked;
