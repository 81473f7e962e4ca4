/** Limits against guessing and flooding: sign-in, failed API keys, rate of account routes. */
@NullMarked
package io.patchbay.accounts.limit;

import org.jspecify.annotations.NullMarked;
