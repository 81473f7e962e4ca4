/** In-memory doubles of the host: channels, calls, and a driver that performs what flows want next. */
@NullMarked
package io.patchbay.testkit.host;

import org.jspecify.annotations.NullMarked;
