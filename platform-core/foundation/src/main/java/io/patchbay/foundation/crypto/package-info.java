/** Encrypts small secrets at rest. */
@NullMarked
package io.patchbay.foundation.crypto;

import org.jspecify.annotations.NullMarked;
