/** iFlytek Spark over its signed WebSocket. */
@NullMarked
package io.patchbay.plugin.sparkdesk;

import org.jspecify.annotations.NullMarked;
