/** A scripted vendor whose answers are chosen by the path of the request. */
@NullMarked
package io.patchbay.benchmarks.upstream;

import org.jspecify.annotations.NullMarked;
