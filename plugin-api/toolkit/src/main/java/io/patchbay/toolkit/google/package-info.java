/** What Google's two ways to the same models have in common beside chat. */
@NullMarked
package io.patchbay.toolkit.google;

import org.jspecify.annotations.NullMarked;
