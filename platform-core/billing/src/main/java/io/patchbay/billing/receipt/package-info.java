/** Charges that explain themselves. */
@NullMarked
package io.patchbay.billing.receipt;

import org.jspecify.annotations.NullMarked;
