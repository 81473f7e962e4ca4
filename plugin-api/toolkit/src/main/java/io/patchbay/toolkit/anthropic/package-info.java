/** What the ways to Claude have in common. */
@NullMarked
package io.patchbay.toolkit.anthropic;

import org.jspecify.annotations.NullMarked;
