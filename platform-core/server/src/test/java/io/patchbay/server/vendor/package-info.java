/** The vendors' own protocols, scripted, for tests of plugins inside the running server. */
@NullMarked
package io.patchbay.server.vendor;

import org.jspecify.annotations.NullMarked;
