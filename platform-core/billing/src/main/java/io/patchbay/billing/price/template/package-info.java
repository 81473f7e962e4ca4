/** List prices of vendors that come with the program, to begin a price list with. */
@NullMarked
package io.patchbay.billing.price.template;

import org.jspecify.annotations.NullMarked;
