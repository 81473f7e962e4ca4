/** The one shared JSON mapper. */
@NullMarked
package io.patchbay.foundation.json;

import org.jspecify.annotations.NullMarked;
