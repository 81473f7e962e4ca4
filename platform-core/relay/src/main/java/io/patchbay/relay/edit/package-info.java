/** What an operator lets a channel change in requests before its plugin sees them. */
@NullMarked
package io.patchbay.relay.edit;

import org.jspecify.annotations.NullMarked;
