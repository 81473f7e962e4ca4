/** Cuts byte streams into frames and builds frames for the client. */
@NullMarked
@org.osgi.annotation.versioning.Version("0.1.0")
package io.patchbay.dialects.frame;

import org.jspecify.annotations.NullMarked;
