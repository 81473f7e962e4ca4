/** Answers in the shape that clients of the original product expect. */
@NullMarked
package io.patchbay.foundation.seed;

import org.jspecify.annotations.NullMarked;
