/** Reads what a vendor says went wrong. */
@NullMarked
@org.osgi.annotation.versioning.Version("0.1.0")
package io.patchbay.dialects.fault;

import org.jspecify.annotations.NullMarked;
