/** The OpenAI-format routes and the one table that maps faults to that wire. */
@NullMarked
package io.patchbay.relay.openai;

import org.jspecify.annotations.NullMarked;
