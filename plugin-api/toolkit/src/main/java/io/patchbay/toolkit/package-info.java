/** Base flows and helpers for plugin authors; embedded into each plugin that uses them. */
@NullMarked
package io.patchbay.toolkit;

import org.jspecify.annotations.NullMarked;
