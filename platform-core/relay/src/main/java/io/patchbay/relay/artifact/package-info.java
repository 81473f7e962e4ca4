/** Products of upstreams that arrive as bytes: kept as files and served to whoever knows their name. */
@NullMarked
package io.patchbay.relay.artifact;

import org.jspecify.annotations.NullMarked;
