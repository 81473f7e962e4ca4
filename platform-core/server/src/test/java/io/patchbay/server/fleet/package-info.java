/** Upstreams that misbehave in known ways, for tests of how calls find their channel. */
@NullMarked
package io.patchbay.server.fleet;

import org.jspecify.annotations.NullMarked;
