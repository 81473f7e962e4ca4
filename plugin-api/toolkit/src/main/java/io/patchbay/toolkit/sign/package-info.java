/** Signatures and tokens vendors ask for. */
@NullMarked
package io.patchbay.toolkit.sign;

import org.jspecify.annotations.NullMarked;
