/** The price list, exact price arithmetic, and the decision whether a caller may use a model and what is held for it. */
@NullMarked
package io.patchbay.billing.price;

import org.jspecify.annotations.NullMarked;
