/** Price lists of other sites, fetched and read as rules. */
@NullMarked
package io.patchbay.billing.price.source;

import org.jspecify.annotations.NullMarked;
