/** The operator's face of the kernel: REST resources for listing, installing, swapping and watching plugins. */
@NullMarked
package io.patchbay.kernel.admin;

import org.jspecify.annotations.NullMarked;
