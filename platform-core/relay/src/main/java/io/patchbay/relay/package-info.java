/** The relay: puts channels, exchange and routes together. */
@NullMarked
package io.patchbay.relay;

import org.jspecify.annotations.NullMarked;
