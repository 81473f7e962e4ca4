/** Processes of their own and what the machine tells about them. */
@NullMarked
package io.patchbay.benchmarks.process;

import org.jspecify.annotations.NullMarked;
