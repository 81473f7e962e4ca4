/** An immutable JSON tree that keeps member order, number text and unknown members. */
@NullMarked
@org.osgi.annotation.versioning.Version("0.1.0")
package io.patchbay.spi.json;

import org.jspecify.annotations.NullMarked;
