/** Tables, conditions and the bars. */
@NullMarked
package io.patchbay.benchmarks.report;

import org.jspecify.annotations.NullMarked;
