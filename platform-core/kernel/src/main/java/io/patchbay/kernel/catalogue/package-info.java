/** Plugin jars at rest: reading and checking them, keeping them by content, and comparing versions and requirements. */
@NullMarked
package io.patchbay.kernel.catalogue;

import org.jspecify.annotations.NullMarked;
