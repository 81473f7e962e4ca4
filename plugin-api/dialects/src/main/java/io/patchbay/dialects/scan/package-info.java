/** Walks over JSON text in place, without building a tree. */
@NullMarked
@org.osgi.annotation.versioning.Version("0.1.0")
package io.patchbay.dialects.scan;

import org.jspecify.annotations.NullMarked;
