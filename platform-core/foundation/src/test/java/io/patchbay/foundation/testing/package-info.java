/** Real databases and a settable clock for the tests of all rooms. */
@NullMarked
package io.patchbay.foundation.testing;

import org.jspecify.annotations.NullMarked;
