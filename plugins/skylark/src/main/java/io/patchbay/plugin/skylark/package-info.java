/** Doubao, Seedream and others through Volcengine: Ark, and the signed model service it came from. */
@NullMarked
package io.patchbay.plugin.skylark;

import org.jspecify.annotations.NullMarked;
