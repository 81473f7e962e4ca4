/** Money: the price rules of the models, the credit ledger, and the REST resources over both. */
@NullMarked
package io.patchbay.billing;

import org.jspecify.annotations.NullMarked;
