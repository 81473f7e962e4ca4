/** WebSocket endpoints. */
@NullMarked
package io.patchbay.server.socket;

import org.jspecify.annotations.NullMarked;
