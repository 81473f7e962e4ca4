/**
 * Which channel and which key answers a call: the seed's rule of priorities and weights, the health of channels and keys,
 * limits, affinity, and why.
 */
@NullMarked
package io.patchbay.relay.routing;

import org.jspecify.annotations.NullMarked;
