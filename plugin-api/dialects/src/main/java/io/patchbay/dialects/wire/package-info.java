/** A client's JSON body, indexed and spliced without a tree. */
@NullMarked
@org.osgi.annotation.versioning.Version("0.1.0")
package io.patchbay.dialects.wire;

import org.jspecify.annotations.NullMarked;
