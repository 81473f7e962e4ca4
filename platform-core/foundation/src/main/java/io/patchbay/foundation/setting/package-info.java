/** Settings that an administrator changes while the server runs. */
@NullMarked
package io.patchbay.foundation.setting;

import org.jspecify.annotations.NullMarked;
