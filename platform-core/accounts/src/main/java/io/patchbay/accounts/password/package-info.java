/** Password hashing, verification and the rules of account input. */
@NullMarked
package io.patchbay.accounts.password;

import org.jspecify.annotations.NullMarked;
