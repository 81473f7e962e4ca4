/** Channel types that administrators add as data, while the server runs. */
@NullMarked
package io.patchbay.relay.profile;

import org.jspecify.annotations.NullMarked;
