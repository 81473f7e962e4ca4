/** Midjourney through a proxy: work that is submitted, goes on for minutes, and is fetched or called back. */
@NullMarked
package io.patchbay.plugin.midjourney;

import org.jspecify.annotations.NullMarked;
