/** Vendors that speak OpenAI's dialect, as data: one engine, and a profile for each of them. */
@NullMarked
package io.patchbay.plugin.compatible;

import org.jspecify.annotations.NullMarked;
