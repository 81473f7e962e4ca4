/** What a flow asks of an upstream: requests, bodies made of pieces, and whole answers. */
@NullMarked
@org.osgi.annotation.versioning.Version("0.1.0")
package io.patchbay.spi.http;

import org.jspecify.annotations.NullMarked;
