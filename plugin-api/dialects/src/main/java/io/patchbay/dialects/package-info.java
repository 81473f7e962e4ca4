/** What every dialect codec offers: taps, decoders, encoders and the facts they gather; pure, no input or output. */
@NullMarked
@org.osgi.annotation.versioning.Version("0.1.0")
package io.patchbay.dialects;

import org.jspecify.annotations.NullMarked;
