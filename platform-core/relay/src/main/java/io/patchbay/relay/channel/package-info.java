/** Channels: where an upstream is, which models it offers to whom, and in which order they are tried. */
@NullMarked
package io.patchbay.relay.channel;

import org.jspecify.annotations.NullMarked;
