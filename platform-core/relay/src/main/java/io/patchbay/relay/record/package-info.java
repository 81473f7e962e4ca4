/** What is kept of a call, the request record and the metrics; and how records are read, exported and deleted. */
@NullMarked
package io.patchbay.relay.record;

import org.jspecify.annotations.NullMarked;
