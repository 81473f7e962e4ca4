/** Facts of a plugin that are data and no code: JSON resources, read strictly. */
@NullMarked
package io.patchbay.toolkit.data;

import org.jspecify.annotations.NullMarked;
