/** Starts the processes, sets the site up, runs the scenarios and prints what they found. */
@NullMarked
package io.patchbay.benchmarks.run;

import org.jspecify.annotations.NullMarked;
