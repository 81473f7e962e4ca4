/** The one thread that changes plugins, and the desired state it moves them towards. */
@NullMarked
package io.patchbay.kernel.lifecycle;

import org.jspecify.annotations.NullMarked;
