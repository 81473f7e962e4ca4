/** OpenAI's models in Azure. */
@NullMarked
package io.patchbay.plugin.azure;

import org.jspecify.annotations.NullMarked;
