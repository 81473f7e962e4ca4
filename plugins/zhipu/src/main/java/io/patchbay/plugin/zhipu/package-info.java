/** Zhipu's GLM models: chat, pictures and vectors. */
@NullMarked
package io.patchbay.plugin.zhipu;

import org.jspecify.annotations.NullMarked;
