/** One client's call from admission to its last frame: attempts, delivery, settlement, record. */
@NullMarked
package io.patchbay.relay.call;

import org.jspecify.annotations.NullMarked;
