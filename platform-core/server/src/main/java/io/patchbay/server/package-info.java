/** Puts the rooms together and starts them: the only place that sees all of them. */
@NullMarked
package io.patchbay.server;

import org.jspecify.annotations.NullMarked;
