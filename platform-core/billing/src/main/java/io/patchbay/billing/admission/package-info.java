/** Decides whether a request may run, and holds the credits it needs. */
@NullMarked
package io.patchbay.billing.admission;

import org.jspecify.annotations.NullMarked;
