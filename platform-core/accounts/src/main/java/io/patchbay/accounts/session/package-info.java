/** Signed session tokens of the web client. */
@NullMarked
package io.patchbay.accounts.session;

import org.jspecify.annotations.NullMarked;
