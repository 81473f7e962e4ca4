/** Bots, chatflows and workflows of Coze. */
@NullMarked
package io.patchbay.plugin.coze;

import org.jspecify.annotations.NullMarked;
