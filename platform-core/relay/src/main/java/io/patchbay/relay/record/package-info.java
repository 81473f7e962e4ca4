/** What is kept of a call: the request record and the metrics. */
@NullMarked
package io.patchbay.relay.record;

import org.jspecify.annotations.NullMarked;
