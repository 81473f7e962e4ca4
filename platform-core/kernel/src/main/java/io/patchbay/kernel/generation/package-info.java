/** Generations, leases and the registry: which loaded version answers a call, and when a retired one may go. */
@NullMarked
package io.patchbay.kernel.generation;

import org.jspecify.annotations.NullMarked;
