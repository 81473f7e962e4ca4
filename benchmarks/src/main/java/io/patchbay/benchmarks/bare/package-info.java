/** The libraries Patchbay is built on, with nothing of Patchbay between them: what a call costs at the least. */
@NullMarked
package io.patchbay.benchmarks.bare;

import org.jspecify.annotations.NullMarked;
