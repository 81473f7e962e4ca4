/** A server with a small heap under everything at once, and a greedy user among modest ones. */
@NullMarked
package io.patchbay.server.bounds;

import org.jspecify.annotations.NullMarked;
