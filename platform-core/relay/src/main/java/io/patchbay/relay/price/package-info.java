/** Price lists of other sites, asked for as upstreams are. */
@NullMarked
package io.patchbay.relay.price;

import org.jspecify.annotations.NullMarked;
