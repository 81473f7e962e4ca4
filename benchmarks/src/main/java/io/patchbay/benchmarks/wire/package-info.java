/** A non-blocking event loop for one thread with HTTP/1.1 on top, small enough not to be what is measured. */
@NullMarked
package io.patchbay.benchmarks.wire;

import org.jspecify.annotations.NullMarked;
