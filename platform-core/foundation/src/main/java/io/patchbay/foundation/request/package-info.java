/** Who asks, and under which request id. */
@NullMarked
package io.patchbay.foundation.request;

import org.jspecify.annotations.NullMarked;
