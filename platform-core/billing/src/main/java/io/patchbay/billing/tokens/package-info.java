/** Counts tokens with the public vocabularies, for calls whose provider reports no usage. */
@NullMarked
package io.patchbay.billing.tokens;

import org.jspecify.annotations.NullMarked;
