/** Pictures that clients name by URL: fetched for upstreams that want bytes, without becoming a way into this network. */
@NullMarked
package io.patchbay.relay.picture;

import org.jspecify.annotations.NullMarked;
