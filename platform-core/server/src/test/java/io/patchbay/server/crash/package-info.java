/**
 * Kills the server in the middle of its work, again and again, and compares the money with what the upstream billed and
 * with what the clients saw.
 */
@NullMarked
package io.patchbay.server.crash;

import org.jspecify.annotations.NullMarked;
