/** Apps and agents of Dify. */
@NullMarked
package io.patchbay.plugin.dify;

import org.jspecify.annotations.NullMarked;
