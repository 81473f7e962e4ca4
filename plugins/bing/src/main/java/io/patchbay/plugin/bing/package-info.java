/** The small WebSocket protocol of Bing bridges. */
@NullMarked
package io.patchbay.plugin.bing;

import org.jspecify.annotations.NullMarked;
