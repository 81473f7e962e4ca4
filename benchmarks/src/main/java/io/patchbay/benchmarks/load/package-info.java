/** Sends calls, checks every answer and measures. */
@NullMarked
package io.patchbay.benchmarks.load;

import org.jspecify.annotations.NullMarked;
