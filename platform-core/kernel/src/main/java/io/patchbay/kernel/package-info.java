/** What the other rooms see of the kernel: the catalogue of running plugins, leases on their services and life-cycle events. */
@NullMarked
package io.patchbay.kernel;

import org.jspecify.annotations.NullMarked;
