/** Who is calling: users, sign-in, API keys, groups, bans and the audit log. */
@NullMarked
package io.patchbay.accounts;

import org.jspecify.annotations.NullMarked;
