/** The flow runner: performs what plugins ask for on real sockets, with time-outs, demand and cancellation. */
@NullMarked
package io.patchbay.relay.exchange;

import org.jspecify.annotations.NullMarked;
