/** What is charged when a call does not end well, as a setting of the site. */
@NullMarked
package io.patchbay.billing.policy;

import org.jspecify.annotations.NullMarked;
