/** Claude through Anthropic's Messages API. */
@NullMarked
package io.patchbay.plugin.anthropic;

import org.jspecify.annotations.NullMarked;
