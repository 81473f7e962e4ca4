/** Stable Diffusion: AUTOMATIC1111's WebUI and its kin, and Stability's REST API. */
@NullMarked
package io.patchbay.plugin.stablediffusion;

import org.jspecify.annotations.NullMarked;
