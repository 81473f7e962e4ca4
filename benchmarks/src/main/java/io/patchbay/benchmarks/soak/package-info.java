/** Everything at once for a long time: what is not flat then grows. */
@NullMarked
package io.patchbay.benchmarks.soak;

import org.jspecify.annotations.NullMarked;
