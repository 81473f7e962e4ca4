/** How many calls may run at once, and how much their bodies may weigh: for the site, and fairly among its users. */
@NullMarked
package io.patchbay.relay.overload;

import org.jspecify.annotations.NullMarked;
