/** One vocabulary for failures that a client is told about, and its mapping to HTTP. */
@NullMarked
package io.patchbay.foundation.problem;

import org.jspecify.annotations.NullMarked;
