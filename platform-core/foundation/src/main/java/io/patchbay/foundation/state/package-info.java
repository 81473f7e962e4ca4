/** Ports for state that several nodes share (counters, messages, locks), with an in-process implementation. */
@NullMarked
package io.patchbay.foundation.state;

import org.jspecify.annotations.NullMarked;
