/** Plans: what they cost, what they contain, who has which, and what of it is used. */
@NullMarked
package io.patchbay.billing.plan;

import org.jspecify.annotations.NullMarked;
