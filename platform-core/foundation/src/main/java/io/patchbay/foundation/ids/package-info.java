/** Makes identifiers and tokens that cannot be guessed. */
@NullMarked
package io.patchbay.foundation.ids;

import org.jspecify.annotations.NullMarked;
