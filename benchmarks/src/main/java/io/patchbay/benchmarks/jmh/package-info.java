/** Microbenchmarks of the server's hot inner parts, as they are, with what {@code benchmarks/jmh} prints of them. */
@NullMarked
package io.patchbay.benchmarks.jmh;

import org.jspecify.annotations.NullMarked;
