/** Sets up logging and carries the diagnostic context. */
@NullMarked
package io.patchbay.foundation.log;

import org.jspecify.annotations.NullMarked;
