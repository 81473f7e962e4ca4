/** An operator tries a channel: one live chat, the live list of models, the balance. Nothing is billed or counted. */
@NullMarked
package io.patchbay.relay.trial;

import org.jspecify.annotations.NullMarked;
