/** A stand-in for a vendor on real sockets, which answers by script and keeps its own bill. */
@NullMarked
package io.patchbay.testkit.upstream;

import org.jspecify.annotations.NullMarked;
